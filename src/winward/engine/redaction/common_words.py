"""Words that are also names: capitalised, they may be either, and what stands around them decides."""


def vocabulary(words: str) -> frozenset[str]:
    """A list of words, written as it reads."""
    return frozenset(words.split())


MONTHS = vocabulary("january february march april may june july august september october november december")

# Given names and surnames that are English, German or French words, places, or grammar in capitals.
COMMON_WORDS = MONTHS | vocabulary(
    """
    a ace al am amber an and angel april archer art as ash at august austin autumn baker ball bank banks bar barber
    bauer baker bay bean beck bell berg berlin best bill bird bishop black blue bloom bold bond booker books boom
    booth born bounds bow bowl boy brand bright britain brook brooks brown buck bud burns bush butcher butler by
    camp candy cannon carpenter carol carter case cash castle chamber chance charity chase child china christian
    church clay clear clement cliff clinton close coin cole cook cooper corn cotton count country court cover cox
    craft crane crisp cross crystal cup curry cut dale dallas darling dawn day days dean den dick do dollar
    don drew drum duke early east easter eden else england english even eve ever faith fair farmer fay fee
    field fields finch fine fish fisher flint florence flower foot forest forester forth fortune foster fountain
    fox france frank free freeman french friend frost gale game garden gardener gay gene general german germany
    ginger glass glen gold golden good goodman gordon grace grand grant gray green grey grove guy hall ham hammer
    hand harbor hardy harmony harper harvest hay hazel head heart heath heaven herb hill him ho holiday holland
    holly holmes home hood hook hope horn house hunt hunter ice in india iris iron is israel it ivory ivy jack
    jade jasmine jean jersey jewel job joker jolly jordan joy judge just key keys kids king knight koch la lake
    lamb land lane lang law le leaf lee lily link little lock logan london long lord lot lotus love low lucky
    luna lynch major malta man manager mann march mark marks market marsh marshal mason master max may me melody
    mercy meyer miles mill miller mills mine minor miss mo monday moon moore more morning moss my neu new nice
    nick night no noble north norm now oak ocean old olive on or out page palm paris park parker parks patience
    pay peace pearl penny pepper perfect pitch place plain plan planner poland pond pool pope porter post
    potter power price prince project prudence punch quick rain ran ranger ray reason red reed reich rent rice rich
    ring rise rivera river rivers robin rock rod roman rome rose roses ruby rule rush russia sage sales salt
    sand sandy savage school scott sea sharp shepherd short sierra silver simple singer sky small smart smith snow
    so son song south spain spark spencer spring stack star steel stein stern still stock stone storm street strong
    sue summer sun sunny swift tab taylor team tell temple terry texas thorn tiger tim to today town trade
    trump turner van velvet vera victor victory violet von wade wagner walker wall walls ward ware waters way
    weaver weber webb weeks weiss well wells west white wild wiley will wind winner winter wise wolf wood woods
    word worth wright write yard yes york you young
    """
)

# What a contact list calls people whose name it doesn't know.
NO_NAMES = vocabulary(
    """
    admin administrator agent anonymous assistant bot buyer caller candidate client clients coach consultant
    contact customer customers desk developer director employee engineer expert facilitator finance founder guest
    head helpdesk host interviewer interviewee kunde lead leader legal manager marketing me member moderator
    noreply office operator owner participant participants person procurement product prospect purchasing
    receptionist rep representative research reviewer sales security seller senior service speaker staff success
    support system team technical tester unknown user users vendor vp
    """
)

TITLES = vocabulary("mr mrs ms miss mx dr prof sir madam herr frau hr fr mme mlle monsieur madame dipl ing phd")
PARTICLES = vocabulary("van von de der den di da del della la le du des el al bin ibn ter ten zu zur y e dos")

DETERMINERS = vocabulary(
    """
    the a an this that these those my your our their his her its no any every each some which what whose another
    der die das den dem des ein eine einen einem einer unser unsere euer le la les un une des notre nos votre vos ce
    cette
    """
)
BEFORE_MONTHS = vocabulary(
    "in by until since this next last from through during end of mid early late on before after im ab bis"
)
# "Will you", "May I", "Mark it": no name stands before these.
NO_NAME_BEFORE = vocabulary(
    "i we you it they he she this that these those there be not the a an my our your us me them"
)
# Said of people: after one of these words at a sentence's start a capital tells nothing, so this must.
PEOPLE_DO = vocabulary(
    """
    said says asked asks told tells mentioned mentions thinks thought wants wanted agreed agrees sent wrote writes
    promised explained believes joined left called confirmed and knows suggested replied answered emailed
    """
)
