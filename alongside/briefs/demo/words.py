"""The words of the invented brief, in English and in French. Invented, every one."""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True)
class Said:
    """One invented quote.

    Who said it (a number), about which theme, in which language, how they wish to be called, and the words.
    """

    speaker: int
    theme: str
    original: str
    attribution: Pair
    words: Pair


@dataclass(frozen=True)
class Advice:
    """One recommendation of the invented brief."""

    code: str
    statement: Pair
    impact: Pair
    quotes: tuple[Said, ...] = ()
    table: str = ""


TITLE = (
    "Forty calls for one bed: what Two Rivers needs",
    "Quarante appels pour un lit : ce qu’il faut aux Deux-Rivières",
)
CONTRIBUTORS = ("Two Rivers Evidence Circle", "Harbour Light Outreach", "Still Water Healing Lodge")

HOUSING = (
    "Shelter, housing or lodge worker",
    "Personne intervenante en refuge, en logement ou en pavillon",
)
HELP = ("Outreach, health or legal worker", "Personne intervenante de proximité, en santé ou en droit")
LIVED = ("Someone with lived experience", "Personne ayant une expérience vécue")
# Each role stands for at least three of them: a narrower one would name somebody.
SPEAKERS: tuple[tuple[int, Pair], ...] = (
    (1, HOUSING),
    (2, HELP),
    (3, HELP),
    (4, HELP),
    (5, LIVED),
    (6, HOUSING),
    (7, HELP),
    (8, LIVED),
    (9, HOUSING),
    (10, LIVED),
)
ATTRIBUTION = dict(SPEAKERS)


def _said(speaker: int, theme: str, en: str, fr: str, original: str = "en") -> Said:
    return Said(speaker, theme, original, ATTRIBUTION[speaker], (en, fr))


THEMES: tuple[tuple[str, Pair], ...] = (
    ("together", ("Working together", "Travailler ensemble")),
    ("missing", ("What is missing", "Ce qui manque")),
    ("met", ("Being met", "La rencontre")),
)

KEY_MESSAGES: tuple[Pair, ...] = (
    (
        "In one year, workers in Two Rivers asked **thousands of times** for something that was not there. "
        "A place to sleep came first, every season.",
        "En un an, le personnel des Deux-Rivières a demandé **des milliers de fois** une chose qui "
        "n’existait pas. Un endroit où dormir venait en premier, à chaque saison.",
    ),
    (
        "What stands in the way is seldom the person: it is a rule about pets, a missing document, a door "
        "that closes at nine.",
        "L’obstacle est rarement la personne : c’est un règlement sur les animaux, un document qui manque, "
        "une porte qui ferme à neuf heures.",
    ),
    (
        "People stay with whoever stays the same. One worker from the first coffee to the first night in a "
        "home of one’s own works better than five referrals.",
        "On reste auprès de qui reste. Une seule personne, du premier café à la première nuit chez soi, "
        "fait mieux que cinq aiguillages.",
    ),
    (
        "Agencies already act together where somebody pays for the hour it takes. Nobody pays for that hour "
        "in most of the district.",
        "Les organismes agissent déjà ensemble là où quelqu’un paie l’heure que cela demande. Presque "
        "partout dans le district, personne ne la paie.",
    ),
    (
        "The gap has a price, and it is smaller than what is spent on the consequences. The range and how "
        "it was reached stand on the last pages.",
        "La lacune a un prix, et il est plus petit que ce que coûtent ses suites. La fourchette et son "
        "calcul figurent aux dernières pages.",
    ),
)
SUMMARY = (
    "Two Rivers is an invented district of two towns and the farms between them. For a year its agencies "
    "counted every request that came to nothing, without writing down whose it was, "
    "and asked ten people who work or have lived there what would have helped.\n\n"
    "The count and the voices say the same. There is little to sleep in and less to move on to. What there "
    "is has rules that keep out the people it was built for. "
    "Where agencies sit at one table, with the person’s own list on it, things move within days; where they "
    "don’t, the same story is told six times.\n\n"
    "From this come nine recommendations in two groups, and one request: pay for what is already known to "
    "work.",
    "Les Deux-Rivières sont un district inventé, fait de deux villes et des fermes entre elles. Pendant un "
    "an, ses organismes ont compté chaque demande restée sans réponse, sans noter de qui elle venait, "
    "et ont demandé à dix personnes qui y travaillent ou y ont vécu ce qui aurait aidé.\n\n"
    "Les chiffres et les voix disent la même chose. Il y a peu d’endroits où dormir et encore moins "
    "d’endroits où aller ensuite. Ceux qui existent ont des règles qui écartent les personnes pour qui on "
    "les a ouverts. "
    "Là où les organismes s’assoient à une même table, avec la liste de la personne devant eux, les choses "
    "bougent en quelques jours ; ailleurs, la même histoire est racontée six fois.\n\n"
    "De là viennent neuf recommandations en deux groupes, et une demande : financer ce dont on sait déjà "
    "que cela fonctionne.",
)
CONTEXT = (
    "A person who leaves someone who sold them needs many things in one week: a door that locks, a doctor "
    "who asks first, somebody who knows which form stops the calls. No single agency has them all.^1 "
    "In Two Rivers eleven agencies share that week between them.\n\n"
    "Until last year none of them could say how often the answer had been no. A “no” on the telephone "
    "leaves no paper. What is not counted is not paid for, and a waiting list that nobody keeps has no "
    "length.^{2,3}",
    "Une personne qui quitte quelqu’un qui la vendait a besoin de beaucoup de choses en une semaine : une "
    "porte qui se verrouille, un médecin qui demande d’abord, quelqu’un qui sait quel formulaire arrête les "
    "appels. Aucun organisme n’a tout cela.^1 "
    "Aux Deux-Rivières, onze organismes se partagent cette semaine.\n\n"
    "Jusqu’à l’an dernier, aucun ne pouvait dire combien de fois la réponse avait été non. Un « non » au "
    "téléphone ne laisse pas de papier. Ce qui n’est pas compté n’est pas payé, et une liste d’attente que "
    "personne ne tient n’a pas de longueur.^{2,3}",
)
METHOD = (
    "We talked with people in the roles named below, for about an hour each, along seven open questions. "
    "Whoever spoke saw the exact words that are printed here, and chose how to be called. "
    "What was said was read for themes, reflexively, by two people who first read apart and then talked.^4 "
    "The numbers are requests that came to nothing, counted by the agencies as they happened. They are "
    "protected before anything is shown: small numbers, and whatever would give them away, are not printed.",
    "Nous avons parlé avec des personnes dans les rôles nommés ci-dessous, environ une heure chacune, autour "
    "de sept questions ouvertes. Chaque personne a vu les mots exacts imprimés ici et a choisi comment être "
    "nommée. "
    "Ce qui a été dit a été lu pour en dégager des thèmes, de façon réflexive, par deux personnes qui ont "
    "d’abord lu chacune de son côté, puis se sont parlé.^4 "
    "Les chiffres sont des demandes restées sans réponse, comptées par les organismes au fur et à mesure. "
    "Ils sont protégés avant d’être montrés : les petits nombres, et ce qui les trahirait, ne sont pas "
    "imprimés.",
)
AUDIENCES: tuple[Pair, ...] = (
    ("Funders", "Bailleurs de fonds"),
    ("Provincial and municipal decision-makers", "Instances décisionnelles provinciales et municipales"),
    ("Leaders of agencies", "Directions d’organismes"),
    ("Service providers", "Personnel des services"),
    ("Advocates", "Défense des droits"),
)
DEFINITIONS: tuple[tuple[Pair, Pair], ...] = (
    (
        ("Gap", "Lacune"),
        (
            "Something that was asked for, for somebody, and could not be had. A gap holds nobody: no name, "
            "no day, no file.^2",
            "Une chose demandée pour quelqu’un et qu’on n’a pas pu avoir. Une lacune ne contient personne : "
            "ni nom, ni jour, ni dossier.^2",
        ),
    ),
    (
        ("Barrier", "Obstacle"),
        (
            "What would have had to be different for the answer to be yes.",
            "Ce qui aurait dû être différent pour que la réponse soit oui.",
        ),
    ),
    (
        ("Table", "Table"),
        (
            "A regular meeting of agencies around what one person, who agreed to it and may be there, wants "
            "next.^1",
            "Une rencontre régulière d’organismes autour de ce que veut, pour la suite, une personne qui y "
            "a consenti et peut y être.^1",
        ),
    ),
)
GROUPS: tuple[tuple[Pair, tuple[Advice, ...]], ...] = (
    (
        ("Close the gaps between services", "Combler les vides entre les services"),
        (
            Advice(
                "R1",
                (
                    "Let community, health and legal services take on one request together, and answer it "
                    "within three days.",
                    "Que les services communautaires, de santé et juridiques prennent une demande en charge "
                    "ensemble, et y répondent dans les trois jours.",
                ),
                (
                    "Nobody does the same thing twice, nobody waits for an answer that is not coming, and a "
                    "person hears one plan instead of four.",
                    "Personne ne fait deux fois la même chose, personne n’attend une réponse qui ne viendra "
                    "pas, et on entend un seul plan au lieu de quatre.",
                ),
                (
                    _said(
                        2,
                        "together",
                        "I used to ring six places and keep the list on my hand. Now I ask once and I can "
                        "see who has it. The day I stopped chasing, I could sit down with somebody.",
                        "Avant, j’appelais six endroits et je gardais la liste sur ma main. Maintenant je "
                        "demande une fois et je vois qui s’en occupe. Le jour où j’ai arrêté de courir "
                        "après les réponses, j’ai pu m’asseoir avec quelqu’un.",
                    ),
                    _said(
                        4,
                        "together",
                        "If the clinic, the shelter and we read the same page, the person doesn’t have to "
                        "introduce us to each other. Their days are full enough.",
                        "Si la clinique, le refuge et nous lisons la même page, la personne n’a pas à nous "
                        "présenter les uns aux autres. Ses journées sont assez pleines.",
                        "fr",
                    ),
                ),
                "need",
            ),
            Advice(
                "R2",
                (
                    "Fund a table in each of the two towns, with the person’s own agenda first.",
                    "Financer une table dans chacune des deux villes, où l’ordre du jour de la personne "
                    "passe en premier.",
                ),
                (
                    "What is missing shows up in the room where somebody can act on it, and is counted when "
                    "nobody can.",
                    "Ce qui manque apparaît dans la pièce où quelqu’un peut agir, et se compte quand "
                    "personne ne le peut.",
                ),
                (
                    _said(
                        7,
                        "together",
                        "At the table we begin with the paper they wrote. Half of what we had planned comes "
                        "off the agenda in the first five minutes.",
                        "À la table, on commence par la feuille que la personne a écrite. La moitié de ce "
                        "qu’on avait prévu sort de l’ordre du jour dans les cinq premières minutes.",
                    ),
                ),
            ),
            Advice(
                "R3",
                (
                    "Pay for somebody to come along to the first appointment, and for the drive.",
                    "Payer quelqu’un pour accompagner au premier rendez-vous, et payer le trajet.",
                ),
                (
                    "First appointments are kept, told once, and left early only when the person chooses so.",
                    "Les premiers rendez-vous ont lieu, l’histoire se raconte une fois, et l’on ne part "
                    "avant la fin que par choix.",
                ),
                (
                    _said(
                        5,
                        "met",
                        "She waited in the hallway the whole time. I never looked, but I knew she was in "
                        "the hallway.",
                        "Elle a attendu dans le couloir tout le temps. Je n’ai jamais regardé, mais je "
                        "savais qu’elle était dans le couloir.",
                    ),
                ),
            ),
            Advice(
                "R4",
                (
                    "Keep one open desk in each town where a person without a name can be helped with "
                    "everything at once.",
                    "Tenir dans chaque ville un accueil libre où une personne sans nom peut être aidée "
                    "pour tout à la fois.",
                ),
                (
                    "Fewer doors, fewer forms, and the same face the next day.",
                    "Moins de portes, moins de formulaires, et le même visage le lendemain.",
                ),
                (
                    _said(
                        3,
                        "met",
                        "People come in for socks. You give them the socks. Three weeks later they ask you "
                        "about the other thing.",
                        "Les gens viennent pour des bas. Tu leur donnes les bas. Trois semaines plus tard, "
                        "ils te parlent de l’autre chose.",
                    ),
                ),
            ),
            Advice(
                "R5",
                (
                    "Make specialised help reachable from every agency, for advice as well as for "
                    "programmes.",
                    "Rendre l’aide spécialisée accessible depuis chaque organisme, pour un conseil comme "
                    "pour un programme.",
                ),
                (
                    "A worker who meets this once a year answers as well as one who meets it every day.",
                    "Une personne intervenante qui rencontre cela une fois par an répond aussi bien que "
                    "celle qui le rencontre chaque jour.",
                ),
                (
                    _said(
                        9,
                        "missing",
                        "They send people four hours down the road for a programme, and the bus goes twice "
                        "a week. That is not a referral, that is a goodbye.",
                        "On envoie les gens à quatre heures de route pour un programme, et l’autobus passe "
                        "deux fois par semaine. Ce n’est pas un aiguillage, c’est un adieu.",
                    ),
                ),
                "barrier",
            ),
            Advice(
                "R6",
                (
                    "Open places to sleep that take people as they come: with a pet, without papers, after "
                    "nine in the evening.",
                    "Ouvrir des places pour dormir qui prennent les gens comme ils viennent : avec un "
                    "animal, sans papiers, après neuf heures du soir.",
                ),
                (
                    "A night inside is the condition of everything else in this brief.",
                    "Une nuit à l’intérieur est la condition de tout le reste de cette note.",
                ),
                (
                    _said(
                        1,
                        "missing",
                        "I turned away a woman because of a cat. The cat was the reason she was alive. I "
                        "went home and could not tell anybody what I had done at work.",
                        "J’ai refusé une femme à cause d’un chat. C’est grâce au chat qu’elle vivait "
                        "encore. De retour chez moi, je n’ai pu dire à personne ce que j’avais fait au "
                        "travail.",
                    ),
                    _said(
                        6,
                        "missing",
                        "You can be ready for a home in March and get one in November. By November you have "
                        "been somebody else three times over.",
                        "On peut avoir tout ce qu’il faut pour un logement en mars et l’avoir en novembre. "
                        "En novembre, on a déjà été trois fois quelqu’un d’autre.",
                    ),
                ),
                "shelter",
            ),
        ),
    ),
    (
        ("Meet people as they are", "Rejoindre les personnes telles qu’elles sont"),
        (
            Advice(
                "R7",
                (
                    "Train everybody at the front door, and pay survivors to do the training.",
                    "Former tout le monde à l’accueil, et payer des personnes survivantes pour donner la "
                    "formation.",
                ),
                (
                    "Questions are asked in an order that a person can answer, by people who know when to "
                    "stop.",
                    "Les questions sont posées dans un ordre auquel on peut répondre, par des gens qui "
                    "savent quand s’arrêter.",
                ),
                (
                    _said(
                        8,
                        "met",
                        "The training I gave was two hours. One of the receptionists wrote to me a year "
                        "after to say that she still puts her pen down.",
                        "La formation que j’ai donnée durait deux heures. Une des réceptionnistes m’a écrit "
                        "un an après pour dire qu’elle pose encore son crayon.",
                    ),
                ),
            ),
            Advice(
                "R8",
                (
                    "Let the person’s own list lead, in every file, at every table and in every budget.",
                    "Que la liste de la personne mène, dans chaque dossier, à chaque table et dans chaque "
                    "budget.",
                ),
                (
                    "Help goes where it is wanted first, and is used.",
                    "L’aide va d’abord là où on la veut, et elle sert.",
                ),
                (
                    _said(
                        10,
                        "met",
                        "I said phone, then dog, then my teeth. Everybody wrote down trauma. It was teeth.",
                        "J’ai dit le téléphone, puis le chien, puis mes dents. Tout le monde a écrit "
                        "traumatisme. C’était les dents.",
                    ),
                    _said(
                        7,
                        "met",
                        "My idea of progress is not on the list, and it should not be.",
                        "Mon idée du progrès n’est pas sur la liste, et elle n’a pas à y être.",
                    ),
                ),
            ),
            Advice(
                "R9",
                (
                    "Plan and pay for time: the same worker, for as long as it takes, with silence allowed.",
                    "Prévoir et payer du temps : la même personne, aussi longtemps qu’il faut, avec le "
                    "droit au silence.",
                ),
                (
                    "Trust is what makes the other eight possible, and it cannot be had by the quarter hour.",
                    "La confiance rend les huit autres possibles, et elle ne s’achète pas au quart d’heure.",
                ),
                (
                    _said(
                        9,
                        "met",
                        "We fished. For a whole season we fished, and then one day there was something to "
                        "talk about.",
                        "On a pêché. Toute une saison, on a pêché, puis un jour il y a eu de quoi parler.",
                    ),
                ),
            ),
        ),
    ),
)
PLEA = (
    "Under every one of the nine lies the same want. Nobody who spoke with us lacked ideas, skill or will; "
    "everybody lacked **money that stays**: for the hour, the bed, the drive, and the person who comes back "
    "tomorrow.",
    "Sous chacune des neuf se trouve le même besoin. Parmi les gens qui nous ont parlé, personne ne "
    "manquait d’idées, de compétence ou de volonté ; tout le monde manquait **d’argent qui reste** : pour "
    "l’heure, le lit, le trajet, et la personne qui revient demain.",
)
PLEA_QUOTE = _said(
    6,
    "missing",
    "Every spring I write the application that would let me finish what last spring’s application began. I "
    "have become very good at beginnings.",
    "Chaque printemps, j’écris la demande qui me permettrait de finir ce que la demande du printemps "
    "d’avant a commencé. Les commencements n’ont plus de secret pour moi.",
)
COST_WORDS = (
    "The range is the number of requests that came to nothing, each multiplied by what one such service "
    "costs in a year’s budget, from the lowest to the highest published figure. "
    "It says what it would cost to answer the requests; it says nothing about what a person is worth.",
    "La fourchette est le nombre de demandes restées sans réponse, chacune multipliée par ce que coûte un "
    "tel service dans un budget annuel, du plus bas au plus haut chiffre publié. "
    "Elle dit ce qu’il en coûterait de répondre aux demandes ; elle ne dit rien de ce que vaut une personne.",
)
ASK = (
    "We ask for five years of funding for two tables, two open desks, twenty-four beds that take people as "
    "they come, and four workers whose only task is to come along. We will count in public whether it "
    "works, every half year, in a brief like this one.",
    "Nous demandons cinq ans de financement pour deux tables, deux accueils libres, vingt-quatre lits qui "
    "prennent les gens comme ils viennent et quatre personnes dont la seule tâche est d’accompagner. Nous "
    "compterons publiquement si cela fonctionne, chaque semestre, dans une note comme celle-ci.",
)
REFERENCES: tuple[Pair, ...] = tuple(
    (reference, reference)
    for reference in (
        "Two Rivers Evidence Circle. (2025). One week, eleven doors: who does what in the district. "
        "Invented for this demonstration.",
        "Harbour Light Outreach. (2025). How we count a “no”. Invented for this demonstration.",
        "Municipality of Two Rivers. (2024). Housing and shelter plan, 2024–2029. Invented for this "
        "demonstration.",
        "Still Water Healing Lodge & Two Rivers Evidence Circle. (2026). Reading together: a note on "
        "reflexive thematic analysis. Invented for this demonstration.",
    )
)
