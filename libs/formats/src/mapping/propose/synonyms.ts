/**
 * What columns are called in English, Dutch, French and German, by the fields of each kind. Compared without case, accents and
 * punctuation; earlier words are surer.
 */
const words = (text: string): readonly string[] => text.split('|').map((word) => word.trim());

const goodsId =
  'order id|order|order no|order number|order nr|dossier|dossiernummer|ordernummer|opdracht|opdrachtnummer|bestelling|bestelnummer|commande|numero de commande|no commande|n commande|numero de dossier|auftrag|auftragsnummer|auftragsnr|auftrags nr|auftrag nr|bestellung|bestellnummer|booking|boeking|boekingsnummer|reservation|buchung|buchungsnummer|shipment|zending|envoi|sendung|reference|referentie|referenz|ref|id|number|nummer|numero';
const from =
  'from|origin|origin terminal|pickup|pick up|pickup location|loading place|place of loading|load port|pol|van|herkomst|laadplaats|laadhaven|ophaalplaats|vertrekplaats|vertrek van|origine|depart|lieu de chargement|lieu de depart|provenance|chargement|von|herkunft|ladeort|beladeort|ladestelle|abgangsort|startort|ab';
const to =
  'to|destination|delivery|deliver to|delivery location|place of delivery|unloading place|discharge port|pod|naar|bestemming|losplaats|leverplaats|afleverplaats|loshaven|leveradres|arrivee|lieu de livraison|lieu de dechargement|livraison|dechargement|nach|ziel|zielort|bestimmungsort|entladeort|lieferort|entladestelle';
const customer =
  'customer|client|shipper|consignee|klant|opdrachtgever|afnemer|verlader|kunde|auftraggeber|verlader|chargeur|donneur d ordre';
const product =
  'product|item|commodity|goods|sku|artikel|goederen|waar|produit|article|marchandise|produkt|ware|guter|ware artikel';
const quantity =
  'quantity|qty|teu|units|volume|amount|aantal|hoeveelheid|stuks|eenheden|aantal teu|quantite|qte|nombre|unites|nombre teu|menge|anzahl|stuck|stuckzahl|einheiten|anzahl teu';
const available =
  'available|ready|ready date|available from|cargo ready|pickup date|beschikbaar|beschikbaar vanaf|klaar|gereed|laaddatum|ophaaldatum|disponible|disponible le|disponible a partir de|pret|date de chargement|date d enlevement|verfugbar|verfugbar ab|bereit|bereit ab|ladedatum|abholdatum';
const due =
  'due|due date|delivery date|required|requested delivery|deadline|gewenst|leverdatum|gewenste leverdatum|losdatum|te leveren op|echeance|date de livraison|livraison souhaitee|a livrer le|fallig|liefertermin|lieferdatum|wunschtermin|faellig';
const latest =
  'latest|latest delivery|not after|uiterste leverdatum|uiterlijk|ten laatste|au plus tard|date limite|spatestens|spatester liefertermin';
const reefer =
  'reefer|refrigerated|cooled|cold|koel|gekoeld|koeling|frigo|refrigere|frigorifique|gekuhlt|kuhlung|kuhlware|kuhl';
const setPoint =
  'set point|setpoint|temperature|temp|temperatuur|insteltemperatuur|consigne|temperature de consigne|temperatur|solltemperatur';
const equipment =
  'container|containers|container no|container number|container nr|equipment|trailer|unit number|containernummer|containernummers|conteneur|conteneurs|numero de conteneur|behalter|containernr';
const location =
  'location|place|stop|terminal|port|port of call|warehouse|locatie|plaats|halte|haven|magazijn|lieu|emplacement|entrepot|escale|ort|standort|lager|hafen|halt|station';
const cost = 'cost|price|rate|tariff|kost|kosten|prijs|tarief|cout|prix|tarif|preis|kosten|fracht|satz';
const co2eKg = 'co2|co2e|co2e kg|co2 kg|emission|emissions|uitstoot|emissies|emissionen|ausstoss';
const capacity = 'capacity|capaciteit|capacite|kapazitat|slots|plaatsen|places|platze|teu capacity';
const duration =
  'duration|transit time|driving time|travel time|hours|duur|rijtijd|reistijd|looptijd|duree|temps de trajet|temps de parcours|temps de route|dauer|fahrzeit|laufzeit|transportdauer';
const mode =
  'mode|mode of transport|transport mode|modaliteit|vervoerswijze|modus|moyen de transport|mode de transport|verkehrstrager|transportart';
const operator =
  'operator|carrier|haulier|vervoerder|operateur|rederij|transporteur|armateur|betreiber|frachtfuhrer|spediteur|reederei';
const vessel = 'vessel|ship|barge|vessel name|schip|scheepsnaam|schiff|schiffsname|navire|bateau|nom du navire';
const imo = 'imo|imo number|imo nummer|numero imo|imo nr';
const mmsi = 'mmsi';
const voyage =
  'voyage|voyage no|voyage number|trip|reis|reisnummer|vaart|voyage numero|numero de voyage|reisenummer|reise|fahrt|fahrtnummer';
const revision = 'revision|version|updated|last changed|revisie|versie|gewijzigd|modifie|aktualisiert|stand|geandert';
const at =
  'at|time|timestamp|date|datetime|event time|event date|moment|tijdstip|datum|tijd|heure|date heure|horodatage|date et heure|zeitpunkt|zeit|zeitstempel|datum uhrzeit';
const unlocode = 'unlocode|un locode|locode|port code|havencode|code port|hafencode';
const placeName = location;
const classifier = 'classifier|status type|planned actual|soort tijd|type de date|zeitart';

type Table = Readonly<Record<string, readonly string[]>>;

export const synonyms: Readonly<Record<string, Table>> = {
  orders: {
    id: words(goodsId),
    customer: words(customer),
    from: words(from),
    product: words(product),
    to: words(to),
    quantity: words(quantity),
    unitSize: words('unit size|eenheidsgrootte|taille d unite|einheitsgrosse'),
    available: words(available),
    due: words(due),
    latest: words(latest),
    latePerUnitHour: words('late per unit hour|late penalty|boete|penalite|verzugsstrafe|ponale'),
    revenue: words('revenue|opbrengst|revenu|recette|erlos|ertrag'),
    reefer: words(reefer),
    setPoint: words(setPoint),
    minShelfLife: words(
      'min shelf life|shelf life|houdbaarheid|duree de vie|duree de conservation|haltbarkeit|resthaltbarkeit',
    ),
    equipment: words(equipment),
    revision: words(revision),
  },
  lots: {
    id: words(
      'lot|lot id|lot number|batch|batch number|partij|partijnummer|lotnummer|numero de lot|charge|chargennummer|partie|los|id',
    ),
    product: words(product),
    location: words(location),
    quantity: words(`${quantity}|stock|voorraad|bestand`),
    available: words(available),
    produced: words(
      'produced|production date|harvested|harvest date|productiedatum|oogstdatum|geoogst|date de production|date de recolte|recolte|produktionsdatum|erntedatum|geerntet|hergestellt',
    ),
    expires: words(
      'expires|expiry|expiry date|best before|vervaldatum|tht|houdbaar tot|peremption|date de peremption|date d expiration|dlc|ablaufdatum|verfallsdatum|haltbar bis|mhd|mindesthaltbarkeit',
    ),
    unitCost: words(`unit cost|unit price|kostprijs|cout unitaire|prix unitaire|stuckkosten|stuckpreis|${cost}`),
    equipment: words(equipment),
    revision: words(revision),
  },
  services: {
    service: words(
      'service|run|train|departure id|dienst|afvaart|trein|rit|course|ligne|rotation|fahrplan|verbindung|zug|zugnummer|abfahrt nr|fahrt|reis|reise|voyage|trip|id',
    ),
    mode: words(mode),
    operator: words(operator),
    vessel: words(vessel),
    imo: words(imo),
    mmsi: words(mmsi),
    voyage: words(voyage),
    call: words('call|call reference|port call|aanloop|escale numero|anlauf'),
    location: words(location),
    arrives: words('arrives|arrival|eta|sta|aankomst|arrivee|heure d arrivee|ankunft|ankunftszeit'),
    departs: words('departs|departure|etd|std|vertrek|depart|heure de depart|abfahrt|abfahrtszeit'),
    capacity: words(`${capacity}|teu`),
    cost: words(cost),
    co2eKg: words(co2eKg),
    reeferPlugs: words('reefer plugs|plugs|koelstekkers|stekkers|prises frigo|prises|kuhlstecker|steckdosen'),
    revision: words(revision),
  },
  rates: {
    service: words('service|relation|relatie|lane|id'),
    mode: words(mode),
    operator: words(operator),
    from: words(from),
    to: words(to),
    duration: words(duration),
    capacity: words(`${capacity}|trucks|teu`),
    cost: words(cost),
    co2eKg: words(co2eKg),
    reeferPlugs: words('reefer plugs|plugs|koelstekkers|prises frigo|kuhlstecker'),
    revision: words(revision),
  },
  'equipment.moved': {
    eventId: words('event id|ticket|ticket number|transaction|bon|bonnummer|numero de ticket|belegnummer|vorgang'),
    equipment: words(equipment),
    move: words(
      'move|movement|event|event type|activity|gate move|beweging|gebeurtenis|mouvement|evenement|bewegung|ereignis|vorgangsart',
    ),
    classifier: words(classifier),
    at: words(at),
    'place.unlocode': words(unlocode),
    'place.name': words(placeName),
    'transport.vesselName': words(vessel),
    'transport.imo': words(imo),
    empty: words('empty|leeg|vide|leer'),
    isoType: words('iso type|type|size type|containertype|type de conteneur|isotyp'),
  },
  'transport.called': {
    eventId: words('event id|event no'),
    call: words('call|event|event type|arrival departure|gebeurtenis|evenement|ereignis'),
    classifier: words(classifier),
    at: words(at),
    'transport.service': words('service|run|dienst|afvaart|course|verbindung'),
    'transport.imo': words(imo),
    'transport.vesselName': words(vessel),
    'place.unlocode': words(unlocode),
    'place.name': words(placeName),
    remark: words('remark|remarks|opmerking|remarque|bemerkung'),
  },
  'sensor.read': {
    equipment: words(equipment),
    at: words(at),
    setPoint: words('set point|setpoint|insteltemperatuur|consigne|temperature de consigne|solltemperatur'),
    temperature: words('temperature|temp|return air|supply air|temperatuur|temperatur|ist temperatur'),
    ambient: words(
      'ambient|omgevingstemperatuur|buitentemperatuur|temperature ambiante|aussentemperatur|umgebungstemperatur',
    ),
    humidity: words('humidity|vochtigheid|luchtvochtigheid|humidite|feuchte|luftfeuchtigkeit'),
  },
  'position.reported': {
    'transport.service': words('service|run|dienst|course|verbindung'),
    'transport.mmsi': words(mmsi),
    'transport.imo': words(imo),
    'transport.vesselName': words(vessel),
    at: words(at),
    'position.lat': words('lat|latitude|breedtegraad|breitengrad|breite'),
    'position.lon': words('lon|long|lng|longitude|lengtegraad|langengrad|lange'),
    speedKnots: words('speed|sog|snelheid|vitesse|geschwindigkeit'),
    courseDegrees: words('course|cog|heading|koers|cap|kurs'),
    destination: words('destination|bestemming|ziel'),
  },
};

/** Words for the values of a choice, by what they mean. */
export const choices: Readonly<Record<string, readonly string[]>> = {
  vessel: words('vessel|sea|deepsea|shortsea|zee|zeeschip|mer|maritime|see|seeschiff'),
  barge: words('barge|inland|binnenvaart|binnenschip|lichter|peniche|fluvial|barge fluviale|binnenschiff|schiff'),
  rail: words('rail|train|trein|spoor|fer|ferroviaire|bahn|schiene|zug'),
  truck: words('truck|road|lorry|weg|vrachtwagen|camion|route|routier|lkw|strasse'),
  air: words('air|lucht|vliegtuig|avion|aerien|luft|flugzeug'),
  'gate-in': words('gate in|gatein|in|entree|einfahrt|binnen|ingang'),
  'gate-out': words('gate out|gateout|out|sortie|ausfahrt|buiten|uitgang'),
  loaded: words('loaded|load|geladen|laden|charge|chargement|beladen'),
  discharged: words('discharged|discharge|unloaded|gelost|lossen|decharge|dechargement|entladen|geloscht'),
  stuffed: words('stuffed|gevuld|empote|gepackt'),
  stripped: words('stripped|leeggemaakt|depote|entleert'),
  'picked-up': words('picked up|pickup|opgehaald|enleve|abgeholt'),
  'dropped-off': words('dropped off|drop off|afgeleverd|livre|abgeliefert'),
  arrival: words('arrival|arrived|eta|ata|aankomst|arrivee|ankunft'),
  departure: words('departure|departed|etd|atd|vertrek|depart|abfahrt'),
  planned: words('planned|pln|gepland|prevu|planifie|geplant'),
  estimated: words('estimated|est|eta|etd|verwacht|estime|erwartet|geschatzt'),
  requested: words('requested|req|gevraagd|demande|angefordert'),
  actual: words('actual|act|werkelijk|reel|tatsachlich|ist'),
};

/** Words for true and false. */
export const truths: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...words('true|yes|y|1|ja|j|oui|o|vrai|wahr|waar|x|v').map((word) => [word, true] as const),
  ...words('false|no|n|0|nee|nein|non|faux|falsch|onwaar|-').map((word) => [word, false] as const),
]);

/** How words are compared: small, without accents, and what is between them is a space. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim();
