"""The words of the invented people: few, theirs, about what comes next.

Nothing of what was done to anybody.
"""

from typing import Any

CALLED = (
    ("Robin", "they/them"), ("Kit", ""), ("Sky", "she/her"), ("Em", "she/they"), ("Dee", ""), ("A.", ""),
    ("Mimi", "she/her"), ("Luz", "ella"), ("Rain", "they/them"), ("Noé", "il"), ("Zoé", "elle"),
    ("Bear", "he/him"), ("Tash", "she/her"), ("Wren", "they/them"), ("Marisol", ""), ("Ash", "he/him"),
    ("Little J", ""), ("Imani", "she/her"), ("Nour", ""), ("Cat", "she/her"), ("Teo", "he/him"),
    ("Sunny", ""), ("Ayaan", "he/him"), ("Lou", "iel"), ("Bee", ""), ("Harper", "they/them"),
    ("Mai", "she/her"), ("Just K", ""), ("Fen", "they/them"), ("Odette", "elle"),
)  # fmt: skip

# need, what they said, in which language, what good looks like, the next small step
WANTS = (
    ("shelter_tonight", "Somewhere warm tonight. A door that locks.", "en", "I sleep through.",
     "Ask before six."),
    ("shelter_weeks", "A place for a while, not a dormitory.", "en", "My own key.", ""),
    ("housing", "My own place, even if it is small.", "en", "A kitchen with a window.",
     "Fill in the form together."),
    ("housing_costs", "First and last month. That is all that is missing.", "en", "",
     "Ask what the fund covers."),
    ("phone_safety", "A phone nobody else looks at.", "en", "A new number.", "Go to the shop together."),
    ("food", "Groceries I can cook myself.", "en", "", ""),
    ("identification", "My papers back. A health card.", "en", "A card with my name on it.",
     "Ask which form comes first."),
    ("dental", "My tooth.", "en", "It stops.", ""),
    ("health_care", "A doctor who doesn’t ask me why.", "en", "", "Somebody comes along."),
    ("counselling", "Somebody to talk to, but not about that yet.", "en", "", ""),
    ("peer_support", "Maybe talk to somebody who knows.", "en", "A coffee, once.", ""),
    ("education", "Finish grade twelve.", "en", "I walk across the stage.", "Look at evening classes."),
    ("work", "A job with daytime hours.", "en", "Payday, every second Friday.", ""),
    ("family_contact", "See my kids on Sundays.", "en", "The park, an hour.", "Ask the clinic."),
    ("legal_advice", "To know what the letter means.", "en", "", "Bring the letter."),
    ("record_clearing", "That old charge gone.", "en", "", ""),
    ("money", "Bus fare, and a bit for the laundromat.", "en", "", ""),
    ("indigenous_led", "To be with my own people for a while.", "en", "Wednesdays at the circle.", ""),
    ("pets", "Biscuit comes with me or I don’t go.", "en", "", ""),
    ("clothes_goods", "Winter boots, size eight.", "en", "", ""),
    ("substance_use", "Sleep without taking anything. Not right away.", "en", "", ""),
    ("assault_care", "A nurse. No police.", "en", "", "Go in by the side door."),
    ("life_skills", "Learn to drive.", "en", "The road to my aunt’s.", ""),
    ("accompaniment", "Somebody to sit beside me there.", "en", "", ""),
    ("shelter_weeks", "Un endroit calme, sans dortoir.", "fr", "Dormir la porte fermée.",
     "Demander s’il y a de la place."),
    ("counselling", "Parler à quelqu’un en français.", "fr", "", ""),
    ("identification", "Ravoir mes papiers.", "fr", "", "Appeler ensemble lundi."),
    ("housing", "Un petit logement près de l’autobus.", "fr", "", ""),
    ("education", "Terminer mon cours de coiffure.", "fr", "Avoir mes propres ciseaux.", ""),
    ("immigration", "Saber si puedo quedarme.", "es", "Un papel con mi nombre.", ""),
    ("work", "Un trabajo de día, tranquilo.", "es", "", ""),
    ("housing", "Um quarto só meu.", "pt", "", ""),
    ("company", "Gusto kong may makausap.", "tl", "", ""),
    ("education", "Хочу вивчати англійську.", "uk", "", ""),
    ("family_contact", "أريد أن أتصل بأمي.", "ar", "", ""),
)  # fmt: skip
IN_THEIR_LANGUAGES = {
    "en": "",
    "fr": "Français à la maison, anglais au travail.",
    "es": "Spanish first, some English.",
    "pt": "Portuguese first.",
    "tl": "Tagalog at home.",
    "uk": "Ukrainian; slow English is fine.",
    "ar": "Arabic; no interpreter from here.",
}
STEPS = (
    "Ask what the waiting list looks like",
    "Call the office before noon",
    "Bring the form on Monday",
    "Go along to the first meeting",
    "Look up the bus times",
    "Ask about a deposit for a pet",
    "Print the letter in large type",
    "Keep an hour free on Thursday",
    "Find out who else is there at night",
    "Ask the nurse about the side door",
    "Write down the questions together",
    "Send the photographs of the room",
)
STEPS_FR = (
    "Appeler le bureau avant midi",
    "Apporter le formulaire lundi",
    "Accompagner au premier rendez-vous",
    "Vérifier l’horaire de l’autobus",
)
OURS = (
    "Ask the landlord for the receipt",
    "Book the small room for next week",
    "Check the fund’s closing day",
    "Tell the night desk who may call",
)
IDEAS = (
    "Perhaps the drumming group, some day.",
    "The library card needs no address.",
    "There may be a bursary for evening classes.",
    "Ask again about the dentist in spring.",
    "Un cours de cuisine commence en janvier.",
)
INTRODUCTIONS = {
    "en": (
        "{called} comes by on weekday mornings and likes to be asked, not told. They would like to hear from "
        "you what is possible. They have told their story; please don’t ask for it again.",
        (
            "{called} is looking for this and nothing else for now. They would rather sit near the door. I "
            "can come along the first time."
        ),
        "{called} asked me to write to you. A short answer is enough, and a no is all right too.",
    ),
    "fr": (
        (
            "{called} passe le matin, en semaine, et préfère qu’on lui demande avant. Son histoire a déjà "
            "été racontée; merci de ne pas la redemander."
        ),
        "{called} cherche cela, et rien d’autre pour le moment. Je peux venir la première fois.",
    ),
}
REACHES: tuple[dict[str, Any], ...] = (
    {"channel": "text", "value": "705-555-0142", "when": "weekdays before 3", "we_say_we_are": "the library",
     "text": True},
    {"channel": "call", "value": "705-555-0117", "when": "mornings", "we_say_we_are": "the dentist",
     "leave_name": False},
    {"channel": "through", "value": "an aunt, in person", "when": "Sundays", "who_else": "only her"},
    {"channel": "app", "value": "the game they play", "when": "after nine", "code_in": "is it raining there"},
    {"channel": "they-come", "value": "comes to the desk", "when": "Tuesdays"},
    {"channel": "text", "value": "613-555-0163", "when": "le midi", "we_say_we_are": "la bibliothèque",
     "text": True},
)  # fmt: skip
HOW_IT_WENT = ("It is done. I have it.", "Not what I wanted after all.", "C’est réglé.", "")
