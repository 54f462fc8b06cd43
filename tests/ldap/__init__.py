"""LDAP for real: Debian's slapd with a tree of invented people, as Active Directory and as OpenLDAP keep them."""
