import type { StandardColumn } from '../chunk/chunk.ts';

/** What a header can mean. */
export type HeaderMeaning = StandardColumn | 'given-name' | 'family-name' | 'type' | 'registered';

/**
 * Header names by meaning, in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Russian,
 * Hindi, Bengali, Tamil, Telugu, Marathi, Arabic, Chinese, Japanese and Korean. Compared by {@link headerKey}.
 */
const WORDS: Readonly<Record<HeaderMeaning, string>> = {
  holder: `name, full name, guest, guest name, attendee, attendee name, holder, ticket holder, participant, participant name,
    person, student name, member name, visitor, visitor name, customer, customer name, contact name, display name,
    vollständiger name, teilnehmer, teilnehmername, gast, besucher, inhaber, nom complet, nom et prénom, participant(e),
    invité, titulaire, nombre completo, nombre y apellidos, nombre y apellido, asistente, participante, invitado, titular,
    nome completo, nome e cognome, nominativo, partecipante, ospite, volledige naam, naam, deelnemer, imię i nazwisko,
    uczestnik, ad soyad, adı soyadı, katılımcı, фио, имя и фамилия, участник, полное имя, नाम, पूरा नाम, अतिथि, प्रतिभागी,
    নাম, பெயர், పేరు, नाव, पूर्ण नाव, الاسم, الاسم الكامل, 姓名, 名字, 氏名, お名前, 名前, 이름, 성명`,
  'given-name': `first name, firstname, given name, forename, christian name, vorname, prénom, nombre, nombres, nome, voornaam,
    imię, ad, имя, पहला नाम, प्रथम नाम, الاسم الأول, 名`,
  'family-name': `last name, lastname, family name, surname, nachname, familienname, zuname, nom, nom de famille, apellido,
    apellidos, sobrenome, cognome, achternaam, nazwisko, soyad, soyadı, фамилия, उपनाम, अंतिम नाम, कुलनाम, आडनाव, اسم العائلة, 姓`,
  email: `e-mail, email, mail, email address, e-mail address, mail address, email id, e-mail-adresse, emailadresse, mailadresse,
    courriel, adresse e-mail, adresse mail, adresse électronique, mél, correo, correo electrónico, dirección de correo,
    endereço de e-mail, indirizzo e-mail, posta elettronica, e-mailadres, adres e-mail, e-posta, eposta, почта,
    электронная почта, эл. почта, ईमेल, ई-मेल, ईमेल पता, ইমেইল, மின்னஞ்சல், ఇమెయిల్, البريد الإلكتروني, بريد إلكتروني, 邮箱, 电子邮件,
    电子邮箱, 電子郵件, メール, メールアドレス, 이메일`,
  phone: `phone, phone number, telephone, tel, tel no, mobile, mobile number, mobile no, mobile phone, cell, cell phone,
    contact number, contact no, whatsapp, whatsapp number, telefon, telefonnummer, handy, handynummer, mobil, mobilnummer,
    rufnummer, téléphone, numéro de téléphone, portable, teléfono, número de teléfono, móvil, celular, telefone, telefono,
    cellulare, telefoonnummer, telefoon, numer telefonu, komórka, cep telefonu, телефон, номер телефона, मोबाइल,
    मोबाइल नंबर, फोन, फ़ोन, फोन नंबर, दूरभाष, ফোন, மொபைல், தொலைபேசி, ఫోన్, الهاتف, رقم الهاتف, الجوال, 电话, 手机, 手机号, 電話, 電話番号, 携帯,
    전화, 전화번호, 휴대폰`,
  seat: `seat, seat number, seat no, place, table, sitz, sitzplatz, platz, platznummer, siège, place assise, numéro de place,
    asiento, butaca, assento, lugar, posto, posto a sedere, stoel, zitplaats, miejsce, koltuk, место, सीट, सीट नंबर, सीट संख्या,
    আসন, இருக்கை, సీటు, مقعد, المقعد, 座位, 座位号, 座席, 席, 좌석`,
  organisation: `organisation, organization, company, company name, employer, institution, institute, firm, affiliation, school,
    college, university, firma, unternehmen, arbeitgeber, einrichtung, société, entreprise, organisme, établissement, empresa,
    organización, compañía, institución, organização, instituição, azienda, società, organizzazione, ente, bedrijf, organisatie,
    organizacja, şirket, kurum, организация, компания, संस्था, संगठन, कंपनी, প্রতিষ্ঠান, நிறுவனம், సంస్థ, المؤسسة, الشركة, 公司, 单位, 组织, 会社,
    会社名, 所属, 회사, 소속`,
  ref: `ref, reference, reference number, ref no, reference no, booking, booking reference, booking id, booking number, order,
    order id, order number, order no, id, registration id, registration number, registration no, registration code,
    confirmation number, confirmation code, attendee id, guest id, customer id, member id, roll no, roll number, pnr,
    referenz, referenznummer, buchungsnummer, bestellnummer, kundennummer, anmeldenummer, référence, numéro de commande,
    numéro de réservation, n° de commande, referencia, número de pedido, número de reserva, referência, riferimento,
    numero ordine, numero prenotazione, referentie, bestelnummer, numer zamówienia, referans, sipariş no, номер заказа, номер брони,
    संदर्भ, संदर्भ संख्या, पंजीकरण संख्या, ऑर्डर नंबर, রেফারেন্স, குறிப்பு எண், المرجع, رقم الحجز, رقم الطلب, 编号, 订单号, 預約番号, 予約番号, 注文番号,
    受付番号, 참조, 주문번호, 예약번호`,
  notes: `notes, note, comment, comments, remark, remarks, special requirements, dietary requirements, anmerkung, anmerkungen,
    bemerkung, bemerkungen, notiz, notizen, kommentar, hinweis, remarque, remarques, commentaire, commentaires, notas, nota,
    observaciones, comentarios, observações, comentários, commenti, osservazioni, opmerking, opmerkingen, uwagi, notlar,
    açıklama, примечание, примечания, комментарий, टिप्पणी, टिप्पणियाँ, नोट, মন্তব্য, குறிப்பு, గమనిక, ملاحظات, 备注, 備考, メモ, 비고, 메모`,
  type: `ticket type, type, ticket, ticket category, category, ticket name, ticket class, class, tier, admission, pass, pass type,
    entry type, ticketart, tickettyp, kartenart, kategorie, karte, art, type de billet, billet, catégorie, tarif,
    tipo de entrada, tipo de boleto, entrada, categoría, tipo, tipo de ingresso, ingresso, categoria, tipo di biglietto,
    biglietto, tickettype, soort ticket, categorie, typ biletu, bilet, kategoria, bilet türü, kategori, тип билета, билет,
    категория, टिकट प्रकार, टिकट का प्रकार, टिकट, श्रेणी, টিকিটের ধরন, டிக்கெட் வகை, టికెట్ రకం, نوع التذكرة, الفئة, 票种, 票类型, 票券類型, 类型,
    チケット種別, 券種, チケット, 티켓 종류, 티켓`,
  registered: `registered, registered at, registered on, registration date, date registered, signed up, created, created at, order date,
    timestamp, submitted at, date, registriert am, anmeldedatum, angemeldet am, erstellt am, zeitstempel, datum,
    date d'inscription, inscrit le, horodateur, fecha de registro, fecha de inscripción, fecha, marca temporal, data de registro,
    data de inscrição, data, data di registrazione, informazioni cronologiche, registratiedatum, data rejestracji, kayıt tarihi,
    дата регистрации, पंजीकरण तिथि, पंजीकरण दिनांक, तारीख, تاريخ التسجيل, 注册时间, 报名时间, 登録日, 登録日時, 등록일`,
};

const MEANINGS: ReadonlyMap<string, HeaderMeaning> = new Map(
  Object.entries(WORDS).flatMap(([meaning, words]) =>
    words.split(',').map((word) => [headerKey(word), meaning as HeaderMeaning] as const),
  ),
);

/** Makes spellings of a header alike: case, accents, white space and punctuation do not count. */
function headerKey(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What a header means, or `undefined` when it is none that we know. `Your e-mail *` and `E-Mail (privat)` count too. */
export function meaningOfHeader(header: string): HeaderMeaning | undefined {
  const whole = MEANINGS.get(headerKey(header));
  if (whole !== undefined) return whole;
  const bare = header.replace(/\(.*?\)|\[.*?\]/g, ' ').replace(/^\s*(your|ihre?|votre|su|tu|il tuo)\s+/iu, '');
  return MEANINGS.get(headerKey(bare));
}
