"""Words by which `identifiers` tells what may say who somebody is.

English and French; our own lists, and none of them is complete.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alongside.kernel.transliteration import folded


def words(text: str) -> frozenset[str]:
    """A list of words, as they are compared."""
    return frozenset(folded(word) for word in text.split())


@cache
def ordinary_words() -> frozenset[str]:
    """Words of everyday English and French, as they are compared: what may open a sentence and be no name."""
    return words((Path(__file__).parent / "data" / "ordinary_words.txt").read_text(encoding="utf-8"))


# Names people are given, where the same word means little else in small letters: found even when nobody typed
# a capital.
GIVEN = words("""
    aaliyah aaron abdul abigail adam adèle adrian adrien agathe ahmed aiden aisha alain albert alex alexandra
    alexandre alexis alice alicia alison amanda amélie amina amir amy ana andré andrea andrew angela angélique
    anita anna annabelle anne annie anthony antoine antonio ariane arnaud ashley audrey ayesha barbara
    béatrice ben benjamin benoît bernard beth bianca bob bradley brandon brenda brian brianna brigitte
    brittany bruno caitlin camille carl carlos carmen carol caroline cassandra catherine cécile cédric céline
    chantal charles charlotte chelsea chloé chris christian christina christine christopher claire claude
    claudette claudia clément colette colin connor corinne courtney craig crystal cynthia daisy damien daniel
    danielle danny darlene darren dave david dawit deborah debra denis denise derek diana diane dmitri dominic
    dominique donna doris dorothy dylan edith édouard edward elaine eleanor elena éliane élise elizabeth ella
    ellen émilie emily emma éric erica érika erin ernest esther étienne ethan étoile eva evelyn fabienne
    fatima fatou fernand fiona florence francine francis françois françoise frank fred frédéric gabriel
    gabrielle gary geneviève george georges gérald gérard gilles ginette giovanni gisèle glenn gloria gordon
    grégoire greg guillaume guy gwen hannah harold harpreet harry heather hélène henri henry hubert hugo ian
    ibrahim ines ingrid irène isaac isabella isabelle ivan jack jackie jacob jacqueline jacques jake james
    jamie jan jane janet janice jasmine jason jean jeanne jeff jennifer jen jenny jeremy jérôme jess jesse
    jessica jill jim joan joanne jocelyn joe joël johanne john johnny jonathan jordan josée joseph josh joshua
    josiane joyce juan judith judy julia julian julie julien julienne julia justin justine kahente kaitlyn
    karen karim karine kate katherine kathleen kathy katie kayla keith kelly ken kenneth kevin kim kimberly
    kiona kristen kyle lamar laura laurence laurent laurie layla léa leah lee lena léo leslie liam liette
    linda lindsay lisa lise logan lorraine louis louise luc lucas lucie lucy luis lynn mackenzie madeleine
    madison maëlle malik manon marc marcel marco margaret marguerite maria marianne marie marielle marilyn
    marina mario marjorie marlene martha martin martine mary mathieu matt matthew maude maureen maurice maxime
    megan mehdi mélanie melissa mercedes mia michael michel michèle michelle miguel mikayla mike mireille
    miriam mohamed mohammed monica monique morgan moussa muhammad murielle myriam nadia nadine nancy natalia
    natasha nathalie nathan neil nicholas nick nicolas nicole nimkii nina noah noémie nokomis norman normand
    odette olga oliver olivia olivier omar oscar pam pamela pascal pascale patrice patricia patrick paul paula
    pauline pedro peter philip philippe phyllis pierre priya rachel rachid raphaël raymond rebecca réjean
    renée rhonda richard rita robert roberta robin rodney roger roland ron ronald roxanne roy russell ruth
    ryan sabrina sally salma sam samantha samir samuel sandra sara sarah savannah scott sean sébastien selena
    serge shane shannon sharon shawn sheila shelby shelly sherry shirley siobhán simon simone solange sonia
    sophia sophie stacey stacy stanley stefan stéphane stéphanie stephen steve steven sue suresh susan suzanne
    sven sylvain sylvie tamara tammy tanya tara tasha taylor ted teresa terry thérèse thomas tiffany tim
    timothy tina todd tom tommy tony tracy travis tremblay trevor tyler valérie vanessa vera véronique vicky
    victor victoria vincent virginie vivian wayne wendy william xavier yasmin yolande yusuf yvan yves yvette
    yvonne zachary zoé zahra
""")
# … and names that also are words or places: found only with a capital.
ALSO_WORDS = words(
    "angel april art august autumn bill brook chance charity chase dale dawn destiny drew earl faith frank "
    "gene grace grant harmony heaven hope iris ivy jade jasmine joy june lily mark max may melody mercy "
    "miles nick olive pat pearl penny ray rich rob robin rose ruby rusty savannah skip skye sky star sue "
    "summer sunny violet will willow amour ange claire fleur france aurore blanche céleste constance désiré "
    "espérance olive prudence rose victoire violette martin roy lee jean guy dominique crystal florence "
    "jordan logan victoria sydney paris brooklyn chelsea georgia virginia carolina regina hamilton london "
    "jack jan drew carol bob étoile lamar daisy mercedes taylor sally pascal morgan marina laurence kim "
    "joyce harry ginette gloria mike terry sherry tony robin"
)
TITLES = words(
    "mr mrs ms miss mx dr doctor prof professor officer constable cst detective det sergeant sgt inspector "
    "judge justice nurse coach pastor father sister brother elder auntie aunt aunty uncle grandma grandpa "
    "grandmother grandfather kokum kookum mushum nokomis m mme mlle madame monsieur mademoiselle docteur "
    "docteure professeur professeure agent agente policier policière sergent sergente détective juge "
    "infirmière infirmier père soeur sœur frère tante oncle matante mononcle mamie papi grand-mère "
    "grand-père aîné aînée maître me"
)
SPEAKERS = words(
    "interviewer interviewee interviewers participant participants moderator facilitator researcher speaker "
    "question answer q a i r p int part res note notes transcript file date place time intervieweur "
    "intervieweuse personne participante animateur animatrice chercheur chercheuse réponse locuteur "
    "locutrice lieu heure translator interpreter interprète worker intervenante intervenant"
)
MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr "
    "jun jul aug sep sept oct nov dec janvier février mars avril mai juin juillet août septembre octobre "
    "novembre décembre janv févr avr juill déc"
)
# With a capital in the middle of a sentence, and still nobody's name.
NOT_NAMES = (
    words(
        """i i'm i'd i'll i've ok okay god jesus lord english french français française anglais anglaise
            ojibwe ojibway cree inuktitut mohawk spanish espagnol arabic arabe hungarian monday tuesday
            wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
            sundays lundi mardi mercredi jeudi vendredi samedi dimanche christmas easter halloween
            thanksgiving ramadan eid noël pâques canada canadian canadians canadien canadienne ontario
            ontarian ontarien ontarienne québécois québécoise indigenous inuit métis autochtone autochtones
            first nations premières black white indian aboriginal tv id ids pc cd dvd hiv sti std dna gps er
            icu odsp ow cpp ei cas csw crown court queen king facebook instagram snapchat tiktok whatsapp
            google uber mother father mom mum mommy dad daddy mama papa maman you he she we they it the a an
            and but or so no yes oui non je tu il elle on nous vous ils elles le la les un une des et mais ou
            donc alors"""
    )
    | MONTHS
)
# What opens a sentence without being a name, however it is written.
OPENERS = (
    words(
        """a about above actually after afterwards again against ah all almost already also although always an
            and another any anybody anyone anything anyway anywhere are aren't around as ask at away back
            basically be because been before being being best better between big both but by call can can't
            come could couldn't crazy day days did didn't do does doesn't doing don't done down during each
            either else even eventually ever every everybody everyone everything exactly except family feeling
            few finally find fine first follow for from fuck funny get getting girls give go going good great
            guess had hadn't half hard has hasn't have haven't having he he'd he'll he's hello help her here
            here's hers hey hi him his hmm home honestly housing how how's however huh hundred i i'd i'll i'm
            i've if imagine in instead interviewer into is isn't it it'd it'll it's its just keep kids kind
            know last lately later least leave less let let's like literally little living long look looking
            lord lot lots love many may maybe me mean meanwhile men might mine mm mmm money more most mostly
            much my myself need neither never new next nice no nobody none nor not nothing now obviously of
            off oh ok okay old on once one ones only open or other others otherwise our ours out outside over
            own people perhaps please point police pretty probably put question quite rather really right safe
            said same say see seriously several she she'd she'll she's should shouldn't since sir so some
            somebody somehow someone something sometimes somewhere soon sorry still stop stuff such suddenly
            sure take talk tell ten than thank thanks that that'd that'll that's the their theirs them then
            there there's these they they'd they'll they're they've thing things think this those though three
            through till time times to today together tomorrow tonight too totally trust try trying two uh uhm
            um under unfortunately unless until up upon us usually very wait was wasn't way we we'd we'll
            we're we've well went were weren't what what's whatever when whenever where where's wherever
            whether which while who who's whoever whole whose why will with within without women won't word
            words work workers working wow would wouldn't yeah year years yep yes yesterday yet you you'd
            you'll you're you've young your yours à afin ah ai ailleurs ainsi alors après as assez au aucun
            aucune aujourd'hui auparavant aussi autre autrement aux avait avant avec avoir avons beaucoup ben
            bien bon bonjour bref ça car ce ceci cela celle celles celui cependant ces c'est cet cette ceux
            chaque chez combien comme comment d'abord d'accord dans de déjà demain depuis dernière des désolé
            désolée dès deux disons donc du elle elles en encore enfin ensuite entre environ est et était
            étaient euh eux exactement excusez faire fait faut fois grâce hier honnêtement ici il ils imaginez
            j'ai j'aime j'allais j'avais j'étais jamais je jusqu'à juste justement l'autre l'argent l'école la
            là laisse le lequel les leur leurs lors lorsque lui ma mais malgré maintenant mal mes merci mes
            mieux moi moins mon n'est ne ni non nos notre nous on or ou où ouais oui par parce parfois parlez
            parler pas pendant personne personnes petit petite peu peut peut-être plein plus plusieurs plutôt
            pour pourquoi pourtant pouvez premièrement presque puis puisque qu'est-ce quand que quel quelle
            quelles quelqu'un quelque quelques quels qui quoi quoique racontez rien sa sans sauf se selon sept
            ses seulement si sinon soit son sont souvent sous stp suite sur surtout ta tant tard te tel
            tellement tes toi ton tous tout toute toutes toujours très trois trop tu un une vas vers veux via
            voici voilà vos votre vous vraiment y shelter court hospital school church clinic housing house
            community center centre service services staff abuse violence trauma food clothes transportation
            counselling therapy drugs refuge foyer centre tribunal hôpital église clinique logement maison
            violence nourriture vêtements transport femmes hommes enfants filles gens quelqu'une argent"""
    )
    | NOT_NAMES
)
PARTICLES = frozenset(
    "de du des la le da di del della van von der den el al bin bint ben ibn abu st. ste. saint sainte".split()
)
RELATIONS = {
    "friend": words(
        "friend friends girlfriend boyfriend roommate buddy ami amie "
        "amis amies copine copain blonde chum colocataire coloc"
    ),
    "family": words(
        "mother mom mum father dad sister brother aunt auntie uncle cousin daughter son grandma grandpa "
        "grandmother grandfather kokum husband wife niece nephew kid child baby stepdad stepmom mère père "
        "soeur sœur frère tante oncle cousine fille fils grand-mère grand-père mari femme nièce neveu enfant "
        "bébé beau-père belle-mère maman papa"
    ),
    "worker": words(
        "worker doctor dr nurse officer constable detective lawyer counsellor counselor therapist teacher "
        "caseworker judge coach pastor intervenante intervenant travailleuse travailleur docteur docteure "
        "médecin infirmière infirmier agent agente policier policière avocate avocat juge professeure "
        "professeur enseignante psychologue sergeant sergent"
    ),
    "trafficker": words("trafficker pimp buyer john client customer proxénète trafiquant souteneur acheteur"),
}
# What somebody does, which alone tells little and in a small place tells all.
ROLES = words(
    """doctor nurse midwife dentist pharmacist psychiatrist psychologist counsellor counselor therapist lawyer
        judge teacher principal coach pastor priest imam rabbi mayor chief elder councillor officer constable
        sergeant detective paramedic firefighter librarian interpreter translator supervisor manager director
        coordinator hairdresser bartender janitor chef cashier dancer model médecin infirmière infirmier
        sage-femme dentiste pharmacienne pharmacien psychiatre psychologue thérapeute avocate avocat juge
        enseignante enseignant directrice directeur entraîneuse entraîneur prêtre imam maire mairesse cheffe
        conseillère conseiller policière policier sergente sergent ambulancière ambulancier pompière pompier
        bibliothécaire interprète gérante gérant coordonnatrice coordonnateur coiffeuse coiffeur serveuse
        serveur danseuse danseur"""
)
ELSEWHERE = words(
    """alberta manitoba saskatchewan nunavut yukon québec quebec newfoundland labrador gatineau montréal
        montreal laval longueuil sherbrooke saguenay trois-rivières rimouski chicoutimi rouyn-noranda val-d'or
        winnipeg brandon vancouver victoria surrey calgary edmonton regina saskatoon halifax moncton
        fredericton iqaluit whitehorse yellowknife buffalo detroit rochester chicago boston miami florida
        texas california nevada vegas york michigan ohio alaska ukraine russia poland romania hungary mexico
        colombia jamaica haiti haïti nigeria ghana kenya ethiopia somalia eritrea syria syrie iran iraq irak
        india inde pakistan bangladesh philippines vietnam china chine thailand korea japan cuba brazil brésil
        algeria algérie maroc morocco tunisie congo rwanda burundi cameroun sénégal guinée togo bénin france
        germany allemagne italy italie spain espagne portugal england britain scotland ireland turkey turquie
        lebanon liban egypt égypte afghanistan sudan soudan"""
)
COARSE = words(
    "ontario canada toronto's"
)  # where everybody in these studies is: told on every page, so nobody is told by it
NUMBER_WORDS = (
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety zéro un deux "
    "trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt trente quarante cinquante soixante"
).split()
