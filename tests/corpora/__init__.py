"""The hostile corpora of values: names, telephone numbers, strings, and orders of arrival."""
