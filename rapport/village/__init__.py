"""in: a folder, a time, a seed · out: the mail, calendar and address book of a sample village, as plain files.

Nothing here knows Rapport: the files go through the same intake as anyone's own.
"""

from rapport.village.raising import raise_village
from rapport.village.values import Colleague, Fact, Scene, Tag, Village, VillageFile

__all__ = ["Colleague", "Fact", "Scene", "Tag", "Village", "VillageFile", "raise_village"]
