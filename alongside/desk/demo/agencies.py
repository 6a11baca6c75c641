"""The agencies of Two Rivers, all invented, in real census divisions of Ontario."""

FIELDS = ("name", "name_fr", "face", "face_fr", "sector", "kind", "regime", "division")

AGENCIES = {
    slug: dict(zip(FIELDS, facts, strict=True))
    for slug, facts in {
        "riverside": (
            "Riverside Open Desk", "Comptoir de la rive", "Riverside", "La Rive", "community", "open-desk", "none", "3515",
        ),
        "north-shore": (
            "North Shore House, a shelter from violence", "Maison de la rive nord, hébergement contre la violence", "North Shore", "Rive nord",
            "community", "shelter", "none", "3515",
        ),
        "lakeside": (
            "Lakeside Emergency Shelter", "Refuge d’urgence du bord du lac", "Lakeside", "Bord du lac", "community", "shelter", "none", "3514",
        ),
        "homes": ("Two Rivers Homes", "Logis des Deux-Rivières", "", "", "community", "housing", "mfippa", "3515"),
        "blue-door": (
            "Blue Door, a programme for people who were trafficked", "La Porte bleue, programme pour les personnes victimes de traite",
            "Blue Door", "La Porte bleue", "community", "counselling", "none", "3515",
        ),
        "passerelle": (
            "La Passerelle, counselling in French", "La Passerelle, counseling en français", "La Passerelle", "La Passerelle",
            "community", "counselling", "none", "3516",
        ),
        "maple-circle": (
            "Maple Circle Friendship Centre", "Centre d’amitié du Cercle de l’érable", "Maple Circle", "Cercle de l’érable",
            "community", "indigenous-led", "indigenous", "3512",
        ),
        "childrens-aid": (
            "Two Rivers Children’s Aid", "Aide à l’enfance des Deux-Rivières", "", "", "community", "child-protection", "cyfsa", "3515",
        ),
        "hospital": (
            "Two Rivers Hospital, Sexual Assault and Domestic Violence Centre",
            "Hôpital des Deux-Rivières, Centre d’aide en cas d’agression sexuelle et de violence familiale",
            "Two Rivers Hospital, Clinic 4", "Hôpital des Deux-Rivières, clinique 4", "healthcare", "hospital", "phipa", "3515",
        ),
        "mill-street": (
            "Mill Street Community Health Centre", "Centre de santé communautaire de la rue Mill", "", "",
            "healthcare", "health-centre", "phipa", "3515",
        ),
        "stillwater": (
            "Stillwater Mental Health and Substance Use", "Eau calme, santé mentale et dépendances", "Stillwater", "Eau calme",
            "healthcare", "mental-health", "phipa", "3514",
        ),
        "cedar": ("Cedar Legal Clinic", "Clinique juridique du Cèdre", "", "", "criminal-legal", "legal-clinic", "none", "3515"),
        "victim-services": (
            "Two Rivers Victim Services", "Services aux victimes des Deux-Rivières", "Two Rivers Support", "Soutien des Deux-Rivières",
            "criminal-legal", "victim-services", "none", "3515",
        ),
        "police": (
            "Two Rivers Police Service", "Service de police des Deux-Rivières", "", "", "criminal-legal", "police", "mfippa", "3515",
        ),
    }.items()
}  # fmt: skip

# What each offers, as an entry of the directory through which it can be asked:
# English, French, kind of service, further needs, languages, what makes it easier to come to, community, hours, a line about it.
OFFERS = {
    "riverside": (
        ("Riverside Open Desk", "Comptoir de la rive", "drop_in", ("case_support", "accompaniment"), ("en", "fr"),
         ("walk_in", "no_name_needed", "free", "wheelchair"), "Peterborough", "Mon-Fri 9:00-20:00",
         "A warm room, a desk, and somebody who stays. No name asked."),
    ),
    "north-shore": (
        ("North Shore House", "Maison de la rive nord", "violence_shelter", ("pets",), ("en", "fr", "es"),
         ("open_always", "no_id_needed", "pets_welcome", "free"), "", "24/7", "Rooms with a door that locks. Dogs and cats come along."),
    ),
    "lakeside": (
        ("Lakeside beds", "Lits du bord du lac", "emergency_shelter", ("rest",), ("en",), ("walk_in", "open_always", "free"), "Cobourg",
         "24/7", "Forty beds, a meal, a shower."),
    ),
    "homes": (
        ("Two Rivers Homes, housing help", "Logis des Deux-Rivières, aide au logement", "housing_help", (), ("en", "fr", "ar"),
         ("wheelchair", "free"), "Peterborough", "Mon-Fri 9:00-16:30", "Help to find a home, to keep it, and with the first and last month."),
    ),
    "blue-door": (
        ("Blue Door", "La Porte bleue", "trafficking_programme", ("counselling", "accompaniment"), ("en", "es", "tl"),
         ("no_police_needed", "no_id_needed", "free"), "Peterborough", "Mon-Thu 10:00-19:00", "One worker, as long as it takes. Nothing has to be told."),
    ),
    "passerelle": (
        ("La Passerelle", "La Passerelle", "counselling_centre", ("accompaniment", "crisis"), ("fr", "en", "ht"), ("free", "walk_in"),
         "Lindsay", "Mon-Fri 8:30-16:30", "Counselling and company, in French."),
    ),
    "maple-circle": (
        ("Maple Circle", "Cercle de l’érable", "indigenous_service", ("peer_support", "food", "spiritual"), ("en", "oj", "moh"),
         ("walk_in", "no_name_needed", "free", "child_care_there"), "Belleville", "Mon-Sat 10:00-18:00", "A circle, a kitchen, and Elders on Wednesdays."),
    ),
    "childrens-aid": (
        ("Two Rivers Children’s Aid", "Aide à l’enfance des Deux-Rivières", "child_protection", (), ("en", "fr"), (), "Peterborough",
         "Mon-Fri 8:30-16:30", "Works with families. A children’s aid society has duties of its own; ask before you share."),
    ),
    "hospital": (
        ("Care after violence, Clinic 4", "Soins après la violence, clinique 4", "assault_treatment_centre", ("health_care",), ("en", "fr", "pa"),
         ("open_always", "walk_in", "no_health_card_needed", "forensic", "hiv_pep", "private_entrance", "wheelchair"), "Peterborough", "24/7",
         "Nurses, day and night. No police needed; what is kept stays until you decide."),
    ),
    "mill-street": (
        ("Mill Street Health", "Santé de la rue Mill", "community_health_centre", ("health_care", "dental"), ("en", "fr", "ar", "so"),
         ("no_health_card_needed", "free", "wheelchair"), "Peterborough", "Mon-Fri 8:00-18:00", "Family doctors, nurses, a dentist on Tuesdays."),
    ),
    "stillwater": (
        ("Stillwater", "Eau calme", "mental_health_addiction", ("counselling",), ("en", "fr"), ("free",), "Port Hope", "Mon-Fri 9:00-17:00",
         "Talking, medicine, and a quiet place to come down."),
    ),
    "cedar": (
        ("Cedar Legal Clinic", "Clinique juridique du Cèdre", "legal_clinic", ("family_contact", "record_clearing", "immigration"), ("en", "fr"),
         ("free",), "Peterborough", "Mon-Fri 9:00-17:00", "Advice about family, charges, status and records."),
    ),
    "victim-services": (
        ("Two Rivers Support", "Soutien des Deux-Rivières", "victim_services", ("court_support",), ("en", "fr"), ("open_always", "free"),
         "Peterborough", "24/7", "Somebody beside you at court, and a little money for a lock or a ride."),
    ),
    "police": (
        ("Two Rivers Police", "Police des Deux-Rivières", "police", (), ("en", "fr"), ("open_always",), "Peterborough", "24/7",
         "Reporting, if it is wanted."),
    ),
}  # fmt: skip
