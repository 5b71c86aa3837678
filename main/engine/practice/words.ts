/** Common English words, the most frequent first: what the practice model's vocabulary is trained on. */
export const commonWords: readonly string[] = `
the of and to in a is that for it as was with be by on not he i this are or his from at which but have an had they you
were their one all we can her has there been if more when will would who so no she other its may these what them than
some him time into only do such my new about out also two any up first could our then most see me should after made over
did many must through where much before your how work well way down even good because people each those life know long
world being very now day still make own man part here state need year take come use too between both under never same
another while last might great old off go against right three house since place again think few during without high
small home around every found general number does against water away just hand back something left put end why side
always better far look upon set give case says often point order eyes given enough want group get thing city public head
began war later system nothing though night face going fact took school name next early program form keep whole need let
best social across power until kind once find present become large best problem white important almost light second
least service seemed feet door field area book open country several body close anything big mother father child young
money room history question word line turn help law already idea young period office possible change become rate total
course human move study party process result cost level mind report policy moment teacher force education foot boy age
effect use music research girl early paper person today voice clear local answer view reason true half real able plan
interest town heart national art action board million air sense future value form family act street human land class
sound death play true experience war company government market business health food story science language nature
learn model computer machine memory number test speed fast slow data file run read write page list code set text window
screen key user type letter line table chart measure memory setting thread batch context token answer prompt engine
window store file search save open start stop wait begin finish example simple complex common special single double
short tall wide deep cold warm hot cool dark bright strong weak hard soft easy quick quiet loud clean dirty rich poor
happy sad angry afraid sure certain safe free full empty ready busy early late near close low north south east west
left middle center corner edge top bottom front inside outside above below behind beside toward along together apart
morning evening afternoon week month season spring summer autumn winter january march april june july august sunday
monday friday saturday minute hour second century red green blue yellow black brown gray orange purple color paint
picture image photo film camera television radio phone car train bus boat ship plane road bridge river lake sea ocean
island mountain hill valley forest tree flower grass leaf seed plant garden farm animal dog cat horse cow bird fish
bread milk butter cheese meat egg rice fruit apple sugar salt coffee tea wine dinner lunch breakfast kitchen table chair
bed wall floor roof glass stone wood metal iron gold silver paper cloth shirt dress shoe hat coat pocket bag box bottle
cup plate knife tool wheel engine clock watch ring bell gun king queen prince lord lady sir doctor nurse lawyer judge
police soldier army captain president minister member leader worker farmer driver writer artist actor player student
friend neighbor husband wife son daughter brother sister baby uncle aunt guest enemy stranger hero crowd team club
church temple hospital hotel store shop bank office factory station library museum theater prison court village
speak talk tell ask answer call cry laugh smile sing shout whisper hear listen watch notice stare touch feel smell taste
eat drink cook sleep dream wake rest sit stand walk run jump climb fall fly swim ride drive travel arrive leave enter
return follow lead carry bring send hold catch throw drop pull push lift break cut tear burn freeze melt pour mix fill
build fix repair clean wash dry grow raise feed kill die live born marry love hate like hope wish fear worry trust
believe doubt guess remember forget understand explain describe discuss argue agree refuse accept allow permit forbid
promise offer choose decide try fail win lose fight attack defend protect destroy create design draw paint invent
discover explore compare count add divide increase reduce improve develop produce provide receive collect gather spread
share join connect separate cover hide show appear disappear happen occur continue remain stay depend include contain
require suggest expect consider suppose imagine realize recognize prove treat manage control support prepare deliver
thousand hundred zero four five six seven eight nine ten eleven twelve twenty thirty forty fifty percent dollar pound
able about actually against ahead alone although among angle anger amount ancient average basic battle beautiful beauty
benefit beyond birth blood bone brain brave breath brief british broad budget burden button careful cause central chance
character charge cheap chief choice circle citizen claim climate cloud coast column combine comfort command comment
committee community concern condition conflict congress connection contact content contract contrast conversation
correct council credit crime crisis culture current custom customer damage danger date debate decade decision degree
demand department desire detail device difference different difficult direct direction director distance district
document domestic drama due duty eager economic economy edition editor effort either election element emotion emperor
energy english entire environment equal equipment error escape especially establish event evidence exact exchange excuse
exercise exist expensive expert express extra extreme factor failure fair faith familiar famous fashion favor feature
federal figure final finance firm flat flow focus foreign formal former fortune forward frame freedom french fresh
function fundamental gate gentle german ghost gift global goal grand grant ground growth guard guide habit handle
height holy honest honor however huge hunger ideal ill immediate impact independent individual industry influence
inform instance instead institution instrument insurance intelligence international issue item joint journal journey joy
justice knee knowledge label labor lack latter length lesson lie limit link liquid literature load loan logic loss
major manner mark mass master material matter maximum meaning medical medicine meeting mental mention message method
military minor miss mission mistake mixture modern moral mostly motion mouth movement murder muscle mystery narrow native
natural nearly necessary neck negative network nice nobody noise normal nose novel nuclear object obvious occasion
official opinion opportunity opposite organization origin original otherwise owner pain pair pale panel parent park
particular partner passage past path patient pattern peace perfect perhaps personal phase phrase physical piece
pleasant please pleasure plenty poem poet poetry political politics population port position positive possibility
potential practice press pressure pretty price primary principle private probably product profession professor profit
progress project proper property proposal proud pure purpose quality quarter quite race range rapid rare rather raw
reach reaction reality recent record reference region regular relation relationship relative release relief religion
religious reply represent reputation request resource respect response responsible revolution reward rhythm rise risk
role root rough round route row rule safety sample scale scene schedule scheme scientific scientist score section secret
secretary security seek select senate separate series serious session shadow shape sharp shelter shift shock shore
shoulder sight sign signal significant silence similar site situation size skill skin sky slight smooth snow society
soil solid solution somebody sometimes somewhere song soul source space speech spirit spite spot square staff stage
standard star statement status steel step stick stock stomach storm straight strange stream strength stress stretch
strike structure struggle style subject substance success sudden suffer suit supply surface surprise survey sweet
switch sword symbol sympathy talent target task tax technical technique technology temperature tend term thick thin
thought throat tiny title tone tongue tooth topic tradition traffic treatment trial trip trouble truck truth twice
typical uniform union unique unit united universe university unless usual various vast version victim victory violence
vision visit volume vote wage warning waste wave weapon weather weight welcome whatever whenever wherever whether wild
willing wind wing winner wise within woman wonder wooden worth wound wrong yard yellow yesterday yet youth
`
  .trim()
  .split(/\s+/)
