"""The forty-odd workers of Two Rivers, all invented: user name, name, role."""

PASSPHRASE = "two rivers meet at dawn"  # noqa: S105 - printed and shown on purpose: it opens invented accounts only

WORKERS = {
    "riverside": (
        ("maya", "Maya Thompson", "caseworker"), ("priya", "Priya Raman", "caseworker"),
        ("tomas", "Tomás Herrera", "intake"), ("june", "June Okafor", "specialist"),
        ("sol", "Sol Benedetti", "companion"), ("dana", "Dana Kowalczyk", "coordinator"),
        ("noor", "Noor Haddad", "privacy-officer"), ("ruth", "Ruth Campbell", "leader"),
        ("esme", "Esmé Laurent", "editor"), ("kofi", "Kofi Asante", "editor"),
        ("ada", "Ada Nguyen", "administrator"), ("bo", "Bo Lindqvist", "administrator"),
    ),
    "north-shore": (
        ("tala", "Tala Reyes", "caseworker"), ("rosa", "Rosa Pinheiro", "intake"),
        ("grace", "Grace Osei", "leader"), ("kim", "Kim Tran", "administrator"),
    ),
    "lakeside": (("dev", "Dev Patel", "caseworker"), ("lena", "Lena Hoffmann", "administrator")),
    "homes": (("olive", "Olive Grant", "caseworker"), ("sami", "Sami Khoury", "administrator")),
    "blue-door": (("leila", "Leila Farah", "caseworker"), ("ivy", "Ivy Chen", "administrator")),
    "passerelle": (
        ("camille", "Camille Gagnon", "caseworker"), ("benoit", "Benoît Tremblay", "administrator"),
    ),
    "maple-circle": (
        ("nodin", "Nodin Whiteduck", "caseworker"), ("wenona", "Wenona Shawanda", "companion"),
        ("margo", "Margo Toulouse", "data-steward"), ("rae", "Rae Maracle", "administrator"),
    ),
    "childrens-aid": (("fatima", "Fatima Siddiqui", "intake"), ("ron", "Ron MacLeod", "administrator")),
    "hospital": (
        ("ines", "Inês Carvalho", "intake"), ("felix", "Felix Adjei", "caseworker"),
        ("amara", "Amara Nwosu", "specialist"), ("wei", "Wei Zhang", "privacy-officer"),
        ("helen", "Helen Petrakis", "leader"), ("omar", "Omar Said", "administrator"),
    ),
    "mill-street": (("chidi", "Chidi Eze", "caseworker"), ("anh", "Anh Pham", "administrator")),
    "stillwater": (("sara", "Sara Lindholm", "caseworker"), ("hugo", "Hugo Bélanger", "administrator")),
    "cedar": (("arjun", "Arjun Mehta", "intake"), ("beth", "Beth Sinclair", "administrator")),
    "victim-services": (("carla", "Carla Rossi", "caseworker"),),
    "police": (("cole", "Cole Bradley", "intake"),),
}  # fmt: skip

KEEP_FILES = {  # who opens files there, and how many of the ninety-five
    "riverside": (("maya", "priya", "tomas"), 38),
    "north-shore": (("tala", "rosa"), 11),
    "hospital": (("felix", "ines"), 9),
    "blue-door": (("leila",), 8),
    "maple-circle": (("nodin",), 7),
    "mill-street": (("chidi",), 6),
    "lakeside": (("dev",), 5),
    "stillwater": (("sara",), 4),
    "homes": (("olive",), 4),
    "passerelle": (("camille",), 3),
}
ANSWERS = {  # who answers there
    "riverside": "tomas",
    "north-shore": "tala",
    "lakeside": "dev",
    "homes": "olive",
    "blue-door": "leila",
    "passerelle": "camille",
    "maple-circle": "nodin",
    "childrens-aid": "fatima",
    "hospital": "ines",
    "mill-street": "chidi",
    "stillwater": "sara",
    "cedar": "arjun",
    "victim-services": "carla",
    "police": "cole",
}
