"""A file somebody sends: kept until it is imported (`uploads`), read strictly (`delimited`), taken in whole or not at all (`runs`)."""
