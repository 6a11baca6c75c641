"""Words of the day, by which somebody who waits is called: plain things that are no name and mean nobody.

A word is of one language only, the one it was told in, and no word of one list stands in the other. None
stands on a page of the queue besides.
"""

ENGLISH = (
    "acorn anchor apple apron arrow basket beach bench boat bottle bread bridge broom bucket "
    "button candle canoe carpet chair cheese chimney clock cloud coat copper cotton "
    "cup curtain drum feather fence ferry field flute forest garden gate glove harbour hat hill "
    "island jacket kettle kite ladder lake lamp lantern leaf lemon lighthouse meadow mirror mitten moon "
    "mushroom napkin nest oak oar ocean paddle paper pebble pencil pepper pillow pine plum "
    "pocket pond pumpkin puzzle quilt rain raspberry roof sail salt sandal scarf shelf shell "
    "shovel soap spring stone stove straw sweater tea thread tin towel tractor "
    "train tulip umbrella valley vase violin wagon walnut wave wheat wheel whistle window wool"
).split()
FRENCH = (
    "amande ampoule ancre arbre ardoise armoire assiette avoine balai ballon balcon "
    "banc barque bateau beurre bougie bouleau bouton brique brosse brouette caillou canot cannelle "
    "carafe carotte cascade casserole chaise champ chapeau chemin cheminée chêne citron citrouille "
    "clocher coffre colline coquille coussin couverture crayon dentelle drapeau écharpe "
    "échelle écorce érable étagère fenêtre feuille ficelle fontaine forêt fougère fraise "
    "framboise galet gant gâteau glaçon grange grenier horloge île jardin laine lampe lanterne "
    "livre lune maïs manteau mer miroir montagne mouchoir moulin mousse mûre navet nid "
    "noisette noix nuage oreiller osier panier papier parapluie peigne phare plage plume "
    "pomme pont porte pré quai râteau rivière rocher roseau ruban sable sapin savon sel sentier "
    "serviette soulier tapis tasse terre théière toit tonneau tournesol tulipes vague vallée "
    "valise verger vitre voile wagonnet"
).split()
RETIRED = ("desk",)  # it stands on the page; a row of the day of an update may have it still
WORDS = (*ENGLISH, *RETIRED, *FRENCH)


def words_in(language: str) -> tuple[str, ...]:
    """Return the words of a language."""
    return tuple(FRENCH if language == "fr" else ENGLISH)


def language_of(word: str) -> str:
    """Return the language of a word."""
    return "fr" if word in FRENCH else "en"
