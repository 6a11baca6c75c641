"""Somebody they chose goes along: prepared, confirmed, there, and back out at the person's own pace."""
