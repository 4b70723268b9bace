"""Small signs in the wording that vectors blur and hashed words dilute: each is there or not."""

import re

# What a cue counts for where it is there, beside blocks of unit length.
CUE_WEIGHT = 0.5

_PATTERNS = {
    "asks": r"\?\s*[\"'”’)]*$",
    "asks first": (
        r"^(?:so |and |but |okay |um |uh |well )*(?:what|how|why|when|where|who|which|do|does|did|can|"
        r"could|is|are|will|would|has|have|should)\b"
    ),
    "asks politely": (
        r"\b(?:can|could|would) (?:you|we|it|they)\b|\bany chance\b|\bplease\b|\bi wish\b|"
        r"\bwould be (?:nice|great|good)\b"
    ),
    "negates": r"\b(?:not|no|never|none|nothing|without|cannot|nor|isn|wasn|neither)\b|n['’]t\b",
    "denies a problem": (
        r"\b(?:never|not|wasn['’]t|isn['’]t|no longer|hardly)(?: \w+){0,3} (?:issue|problem|concern|"
        r"blocker|reason|objection|complain\w*|worr\w*)\b|\bno (?:complaints|concerns|issues?|problems?|"
        r"worries|objections?)\b"
    ),
    "denies a need": (
        r"\b(?:don['’]t|doesn['’]t|didn['’]t|do not|never|no) (?:\w+ )?(?:need|want|require|care)\b|"
        r"\bno need\b"
    ),
    "negative need": r"\b(?:must|should|may|can) ?(?:not|n['’]t)\b|\b(?:can['’]t|cannot) (?:have|allow|leave|accept)\b",
    "money": (
        r"[$€£]|\b(?:pric\w+|cost(?:s|ly|ing)?|budget\w*|discount\w*|fees?|expensive|overpriced|cheap\w*|"
        r"pay(?:s|ing|ments?|wall\w*)?|paid|prepaid|invoic\w+|bill(?:s|ed|ing)|refund\w*|money|cash|afford\w*|"
        r"spend(?:s|ing)?|spent|dollars?|euros?|bucks|cents|pounds|usd|eur|quotes?|rates?|tariffs?|subscription\w*|"
        r"(?<!feel )free(?! time)|per (?:seat|user|head|month|year)|worth (?:it|the|\d)|value for|profit margins?|"
        r"licen[cs]e\w*|purchas\w+|bought|buy (?:it|this|the full))\b"
    ),
    "must": r"\b(?:need|needs|needed|must|require\w*|have to|has to|got to|gotta|essential|mandatory)\b",
    "promises": r"\b(?:i|we)(?:['’]ll| will| shall| am going to|['’]m going to|['’]re going to)\b|\blet me\b",
    "when": (
        r"\b(?:by|before|until|on|next|this|end of) (?:mon|tues|wednes|thurs|fri)day\b|\b(?:tomorrow|"
        r"next week|next month|q[1-4]|end of (?:the )?(?:week|month|year|quarter)|by the end)\b"
    ),
    "decides": (
        r"\b(?:decid\w+|decision\w*|sign(?:s|ed)? off|approv\w+|board|committee|procurement|budget holder|"
        r"go ahead|agreed|chose|chosen|final say|green ?light)\b"
    ),
    "harm": (
        r"\b(?:churn\w*|cancel\w*|leav(?:e|ing)|switch(?:ing)? away|breach\w*|gdpr|leak\w*|privacy|"
        r"security|legal\w*|lawsuit|soc ?2|compliance|audit\w*|renew\w*|fraud\w*|hipaa)\b"
    ),
    "hurts": (
        r"\b(?:slow\w*|crash\w*|broke\w*|fail\w*|bug\w*|manual\w*|workaround\w*|painful|annoy\w*|"
        r"frustrat\w*|hours|lost|clunky|confus\w*|nightmare|struggl\w*|useless|terrible|awful)\b"
    ),
    "pleases": (
        r"\b(?:love\w*|great|awesome|fantastic|excellent|amazing|happy|impress\w*|brilliant|delight\w*|"
        r"saves? us|works well|easy to|best)\b"
    ),
    "compares": (
        r"\b(?:compared|versus|vs|than|instead of|alternative\w*|competitor\w*|switch(?:ed|ing) (?:from|"
        r"to)|rival\w*|moved from)\b"
    ),
    "seeks words": r"\b(?:you know|i mean|sort of|kind of|uh|um)\b",
    "introduces": (
        r"\b(?:my name is|nice to meet|share my screen|see my screen|can you hear|on mute|next slide|"
        r"this meeting|agenda)\b"
    ),
    "named": r"(?<=[a-z,] )[A-Z][a-z]+(?:[A-Z][a-z]+)?\b",
    "leaves": (
        r"\b(?:uninstall\w*|delet(?:e|ed|ing) (?:this|it|the app|my account|immediately)|"
        r"(?:will|gonna|going to) (?:cancel|delete|leave|drop)|cancel(?:l?ed|l?ing) (?:my|our|the)|going back to|"
        r"gone back|back to (?!the (?:top|agenda|slide))|switch(?:ed|ing)? (?:back )?to|stop(?:ped|ping)? using|"
        r"good ?bye|moving (?:away|over)|look(?:ing|ed)? (?:for|at|around for) (?:another|an? alternative|"
        r"alternatives|something else|a new|other)|other apps|walk(?:ing)? away|not renew\w*|"
        r"won['’]t (?:renew|extend)|i['’]m (?:out|off|gone|done))\b"
    ),
    "threatens": (
        r"\b(?:if|unless|until|or)\b.*\b(?:leav\w+|cancel\w*|delet\w+|uninstall\w*|switch\w*|walk away|gone|"
        r"i['’]m out|move (?:on|to))\b|\b(?:cancel|delete|leave|uninstall|switch)\b.*\b(?:if|unless|until)\b"
    ),
    "intrudes": (
        r"\b(?:permissions?|privacy|spy\w*|hack\w*|scam\w*|steal\w*|stole\w*|malware|virus\w*|"
        r"without (?:my|our|any|asking)|consent|personal (?:data|info\w*)|vulnerab\w*|exploit\w*|attack\w*|"
        r"insecure|unsafe|not safe|cve|leaks|injection|overflow|patent\w*|sue)\b"
    ),
    "rivals": (
        r"\b(?:other|another|every|most|similar|rival|different) (?:\w+ ){0,2}(?:apps?|tools?|sites?|programs?|"
        r"products?|brands?|vendors?|providers?|services?|games?|browsers?|editors?|systems?|companies|ones?|firms?|"
        r"manufacturers?|remotes?|libraries|wallets?)\b|\bcompetit\w+|\balternatives?\b|\bon the market\b|"
        r"\bout there\b|\bthe others\b|\bin the shops\b"
    ),
    "better than": (
        r"\b(?:better|worse|faster|slower|cheaper|easier|nicer|simpler|more \w+|less \w+|far \w+) th[ae]n\b|"
        r"\bcompared (?:to|with)\b|\bunlike\b|\bnot as \w+ as\b|\bbeats\b|\breplaced\b"
    ),
    "beside a name": (
        r"\b(?:[Ll]ike|[Tt]han|[Ff]rom|[Uu]sed?|[Uu]sing|[Aa]s|[Ii]nstead of|[Tt]ried|[Cc]omes? with) "
        r"(?:the |an? |my )?[A-Z][A-Za-z]+"
    ),
    "doubts": (
        r"\b(?:not (?:so |really |quite )?sure|don['’]t think|doubt|worri\w+|concern\w*|"
        r"(?:problem|trouble|thing|issue|catch) (?:is|with)|downside|drawback|disadvantage|isn['’]t that|wouldn['’]t|"
        r"who(?:['’]s| would| wants)|why would|hard to|difficult|can['’]t (?:see|really)|don['’]t see|overkill|"
        r"no point|not worth|unfair|not (?:very |really |exactly )?fair|defeats|gimmick\w*|waste)\b"
    ),
    "goes too far": r"\btoo (?!much fun|many thanks)\w+\b|\bnot (?:\w+ )?enough\b",
    "contrasts first": (
        r"^(?:yeah|yes|well|okay|mm|no|so|and|i mean|hm+|,|\s)*(?:but|however|although|though|except)\b"
    ),
    "proposes": (
        r"\b(?:how about|what about|what if|why (?:don['’]t|not)|let['’]s|maybe (?:we|you|the|a|have|just)|"
        r"(?:we|you) (?:could|can|might)|could (?:we|have|be)|we should|should (?:be|have|just)|"
        r"i['’]d (?:suggest|say|have|go|like)|i was thinking|propos\w+|suggest\w*|add|bring back|fix|wish|hope)\b"
    ),
    "shares out": (
        r"\b(?:i|you|me|we|give|get|take|keep|have|trade|offer)\b(?:\W+\w+){0,3}\W+"
        r"(?:\d+|one|two|three|all|both|rest|everything)\b"
    ),
    "settles": (
        r"\b(?:decided|we agreed|settled|going (?:with|for)|go (?:with|for)|(?:it['’]s|have|a|no) deal|^deal|accept|"
        r"accepted|agreed|sounds good|works for (?:me|us)|that['’]s fine|turned down|rejected|ruled out|declin\w+|"
        r"up to (?:us|you|them|the)|final)\b"
    ),
    "takes on": (
        r"\b(?:i|we)(?:['’]ll|['’]m going to|['’]m gonna|['’]re (?:going to|gonna)| will| can| could|"
        r"['’]d be (?:happy|glad) to| shall)(?: \w+)? (?:send|check|find|look into|ask|prepare|write|mail|e-?mail|"
        r"report|update|get back|bring|test|try|open|submit|post|work|provide|share|draft|forward|call|put|contribute|"
        r"make sure|fix|do)\b|\b(?:happy|willing|glad) to\b|\bnext meeting\b"
    ),
    "others want": (
        r"\b(?:people|users?|customers?|they|kids|children|you|we|everybody|everyone|it)(?: \w+)? "
        r"(?:wants?|needs?|likes?|prefers?|ha(?:ve|s) (?:got )?to|['’]s got to|gotta|must)\b|"
        r"\bneed(?:s|ed)? (?:the|some|more|to be|at least)\b|\bimportant\b"
    ),
    "rates": (
        r"\b(?:\d|five|four|one|ten) ?stars?\b|\b(?:nice|good|perfect\w*|cool|handy|useful|helpful|recommend\w*|"
        r"thank\w*|favou?rite|fun|beautiful|wonderful|fab\w*|superb|gorgeous|lovely|addict\w+)\b"
    ),
    "breaks": (
        r"\b(?:can['’]?t|cannot|won['’]?t|doesn['’]?t|does not|do not|don['’]?t|unable to|no longer|not able to|"
        r"stopped|keeps?|freez\w+|froze|error\w*|wrong|missing|gone|disappear\w*|hate\w*|suck\w*|worse|worst|"
        r"disappoint\w*|glitch\w*|laggy|drain\w*)\b"
    ),
    "weighs others": (
        r"\b(?i:competit\w+|rivals?|alternatives?|(?:on|in) the (?:market|shops?)|out there|vendors?|shortlist\w*|"
        r"incumbent|(?:better|worse|easier|faster|slower|cheaper|nicer|simpler|superior|inferior|harder|quicker|"
        r"smoother) (?:to \w+ )?th[ae]n|(?:more|less) \w+ th[ae]n|compar(?:ed|ing|ison|e)|versus|vs|unlike|"
        r"instead of|beats|repla(?:ced|ces|cing|cement)|similar (?:to|apps?|tools?|products?)|as good as|"
        r"not as \w+ as|(?:switch|mov|migrat|chang)(?:ed|ing|e) (?:over )?(?:from|to|away)|(?:than )?the others|"
        r"(?:other|another|most|any|every|different|all the) (?:\w+ )?(?:apps?|tools?|sites?|programs?|products?|"
        r"brands?|providers?|services?|games?|browsers?|editors?|systems?|companies|firms?|manufacturers?|remotes?|"
        r"remote controls?|librar\w+|wallets?|suppliers?|solutions?|platforms?|packages?|ones))\b|"
        r"\b(?i:like|than|to|from|with|as|tried|had|used?|using|prefer|at|and|evaluat\w+|own|have|did|even) "
        r"(?:the |an? |my |our |your )?[A-Z][A-Za-z]+"
    ),
    "leaves or harms": (
        r"(?<!pip )\buninstall\w*|\bunsubscrib\w+|\b(?:will|gonna|going to|have to|want to|about to|ready to|"
        r"thinking (?:of|about)|consider\w*|tempted to|i['’]ll|we['’]ll|would) (?:cancel|delet|leav|drop|quit|switch|"
        r"mov|walk|remov)\w*|\bdelet(?:ed|ing) (?:this|it|the app|my account|immediately)|"
        r"\bcancel(?:l?ed|l?ing) (?:my|our|the|this)\b|\b(?:go|going|gone|went) back to\b|"
        r"\bback to (?:paper|my old|our old|the old|excel|spreadsheets)\b|\bstop(?:ped|ping)? using|"
        r"\bno longer us\w+|\bgood ?bye\b|\blook(?:ing)? (?:for|at|around for) (?:another|an? alternative|"
        r"alternatives|something else|a new)\b|\bwalk(?:ing)? away\b|(?<!memory )\bleak(?!\w* (?:some )?memory)\w*|"
        r"\b(?:renew\w*|churn\w*|permissions?|privacy|spy\w*|hack\w*|scam\w*|steal\w*|stole\w*|malware|virus\w*|"
        r"consent|personal (?:data|info\w*)|vulnerab\w*|exploit\w*|attack\w*|insecure|unsafe|not safe|cve|breach\w*|"
        r"gdpr|lawsuit|su(?:e[ds]?|ing)|(?:il)?legal\w*|liab\w+|fraud\w*|compliance|secur\w+|threats?|"
        r"injection|never again|terminat\w+ (?:the|our) contract|without (?:my|our|asking|permission))\b"
    ),
    "stays": (
        r"\b(?:can['’]?t|cannot|couldn['’]?t|never|nothing|no reason)(?: \w+){0,6} (?:stop using|delet\w+|"
        r"uninstall\w*|leave|live without|let go)\b"
    ),
    "speaks against": (
        r"\btoo (?!much fun|many thanks|bad)\w+|\bnot (?:\w+ ){0,2}(?:enough|fair|worth|convinced|keen|feasible|"
        r"practical|realistic|ideal|necessary|comfortable|sure)\b|\b(?:is|are|was|am|['’]s|['’]m) not (?:\w+ )?"
        r"(?:good|g\w+ (?:to )?work)|\b(?:problem|danger|downside|drawback|disadvantage|catch|issue|concern)s? "
        r"(?:is|with|would|i|in)\b|\bdo(?:n['’]?t| not) (?:\w+ )?(?:think|see|believe)\b|"
        r"\b(?:drawbacks?|disadvantages?|downsides?|hard|harder|difficult|tough|impossible|confus\w+|complicated|"
        r"unfair|unnecessar\w+|overkill|gimmick\w*|pointless|ugly|wast(?:e|es|ing)|defeats|bulky|awkward|uneven|worried|"
        r"worries me|concern(?:ed|s)|afraid|unfortunate\w*|doubt\w*|s[ck]eptical|hesita\w+|reluctant|burned|risky|"
        r"useless|no point|no reason|(?:no|any|much) sense|rather not|delay\w*|leaves (?:me|us)|less flexible|"
        r"might not|only (?:problem|thing|drawback)|why would|who(?:['’]s| is| would| wants))\b|"
        r"\b(?:nobody|no ?one|anybody|anyone)(?:['’]s)? (?:\w+ )?(?:wants?|wanting|buy\w*|uses?|going|gonna|would|"
        r"will|pay)\b|\b(?:can['’]?t|cannot|can not|never|couldn['’]?t) (?:\w+ )?(?:sign|agree|accept|afford|justify|"
        r"commit|approve|go|do|take|buy|switch|recommend)\b|\b(?:won|wouldn|will not|would not|don|do not)"
        r"(?:['’]?t)? (?:\w+ )?(?:work|buy|pay|use|want|fit|need|like|help|sell|be able)\b|\bwould(?: \w+)? "
        r"(?:confuse|limit|leave|wear|break|cause|delay|waste|cost)\b"
    ),
    "denies a fault": (
        r"(?:n['’]?t|\bnot|\bnever|\bno|\bhardly)(?: [\w'’]+){0,4} (?:too (?!\w+ to)|that (?:much|hard|difficult|"
        r"bad|complicated)|much\b|a lot\b|a problem|an issue|expensive|hard\b|difficult|complicated|why (?:not|we c))|"
        r"\bdo(?:n['’]?t| not) (?:think|believe|see)(?: [\w'’]+){0,7} (?:problem|difference|issue|lot|much|why)\b|"
        r"\bwhy (?:not|would we not|wouldn|don['’]?t)|\b(?:will|would|won['’]?t|wouldn['’]?t|does|is) (?:it|they|that)"
        r"\s?\?|\bif (?:it|that|they)(?:['’]s| is|['’]re| are)(?: not|n['’]t) too\b"
    ),
}

# Case carries the meaning of these: a name within a sentence.
_CASED = ("named", "beside a name", "weighs others")
CUE_NAMES = tuple(_PATTERNS)
CUES = tuple(re.compile(pattern, 0 if name in _CASED else re.IGNORECASE) for name, pattern in _PATTERNS.items())
