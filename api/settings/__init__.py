"""What the administrator decides: from `HALO_…` variables and one TOML file, read once at start.

    from api.settings import SettingsError, load
    loaded = load(config=None, environ=os.environ, folder=Path.cwd())
    loaded.settings.api.port

Settings are frozen. Whatever is wrong with them is one sentence (`SettingsError`) that names the source, the
field, what was read and the mend; a secret is never in it.
"""

from api.settings.loading import Loaded, load
from api.settings.mending import SettingsError
from api.settings.model import Settings

__all__ = ["Loaded", "Settings", "SettingsError", "load"]
