create unique index disclosure_released_once on disclosure_release (cube, half, "table", audience) where state = 'published';
