"""Page values: what each screen shows, as plain frozen values. Views gather them, templates render them.

Dates and times in here already stand in the viewer's time zone; sentences are already worded and translated.
"""
