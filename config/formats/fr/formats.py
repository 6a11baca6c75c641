"""Days and hours as Ontario writes them in French."""

DATE_FORMAT = "jS F Y"
TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = "jS F Y, G\u00a0\\h\u00a0i"
SHORT_DATETIME_FORMAT = "jS N Y, G\u00a0\\h\u00a0i"
SHORT_DATE_FORMAT = "jS N Y"
MONTH_DAY_FORMAT = "jS F"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]
