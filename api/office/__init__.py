"""What people do with the directory: they read it, change it, and enter who is away. REST and pages stand on this."""
