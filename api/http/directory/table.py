"""The part of the table of routes that is the directory's."""

from api.http.directory.away_routes import AWAY
from api.http.directory.editing_routes import EDITING
from api.http.directory.hygiene_routes import HYGIENE
from api.http.directory.looking_routes import LOOKING

DIRECTORY = LOOKING + EDITING + AWAY + HYGIENE
