import { es as schedule } from '../../../../../shared/schedule/words/es.ts';
import type { Lexicon } from './types.ts';

const article =
  '(?:el |la |los |las |un |una |unos |unas |al |del |nuestro |nuestra |nuestros |nuestras |mi |mis |su |sus |cada |este |esta |ese )';
const mailWord = '(?:e-?mails?|mails?|correos?(?: electronicos?)?|mensajes?)';

export const es: Lexicon = {
  code: 'es',
  schedule,
  clauses: {
    connectors:
      ', y luego|, y despues|, luego|, despues|, y|, e|, pero|, si no|, de lo contrario| y luego| y despues| luego| despues(?! de)| y finalmente| y| e|, en caso contrario| de lo contrario| en caso contrario| pero',
    conditional:
      '(?<!comprueba|comprobar|verifica|determina|determinar|detecta|decide|saber|ver|como|aun) (?:si)(?! no)| (?:cuando|en cuanto|siempre que)(?= \\w)',
    lead: 'y|e|luego|despues|entonces|tambien|ademas|finalmente|por ultimo|primero|pero|automaticamente|inmediatamente|directamente|en seguida|enseguida|por favor|quiero que|quiero|quisiera que|quisiera|me gustaria que|me gustaria|queremos que|queremos|necesito que|necesito|hay que|puedes|podrias|puede|podria|debes|debe|la ia|una ia|ia|con ia|que la ia|claude|gpt|chatgpt|mailweave|el sistema|un workflow que|un flujo que|crea un workflow que|crea un flujo que|crea un flujo de trabajo que|en ese caso|en este caso|solo|solamente|simplemente|a continuacion|asimismo|haz|haz que|usa la ia para|utiliza la ia para|se|le|les|lo|la|nos|me',
    filler:
      '(?:por favor|gracias|hola|buenos dias|(?:quiero|queremos|necesito|necesitamos) (?:un|el|este) (?:workflow|flujo|flujo de trabajo|automatismo)|(?:crea|haz|construye) (?:un|el|este) (?:workflow|flujo)(?: de trabajo)?|haz lo siguiente|eso es todo|lo siguiente)',
    afterOrdinal: '(?!)',
    abbreviations: 'p\\. ?ej|ej|etc|sr|sra|dr|dra|aprox|no|tel|a\\.m|p\\.m',
    parallel: 'al mismo tiempo|en paralelo|simultaneamente|a la vez',
    rejoin:
      'en ambos casos|en cualquier caso|en todos los casos|pase lo que pase|de todas formas|por ultimo|al final|finalmente|siempre',
    afterwards: 'luego|despues|entonces|a continuacion|mas tarde',
  },
  events: {
    when: 'cuando|en cuanto|cada vez que|siempre que|tan pronto como|si|despues de cada|tras cada|con cada|por cada|para cada|al recibir|a la llegada de|tras|al',
    form: '(?:rellen[ae]n?|rellenar|complet[ae]n?|completar|envi[ae]n?|enviar|respond[ae]n?|us[ae]n?|manda)(?: \\w{1,30})? ?(?:el |la |nuestro |nuestra |un |una |este |mi |al )?[\\w ]{0,20}(?:formulario|encuesta|cuestionario)(?: de contacto| de inscripcion)?|(?:formulario|encuesta|cuestionario)[\\w ,-]{0,30} (?:se |sea |es )?(?:envia|rellena|completa|recibe|llega|enviado|rellenado|completado)|(?:por|a traves del|mediante|desde|con|en) (?:el |nuestro |un |la )?(?:formulario|encuesta)|formulario(?: de contacto| de inscripcion)?|se (?:inscribe|registra|apunta|suscribe|inscriba|registre)n?|respuesta (?:al formulario|a la encuesta)',
    each: 'despues de cada|tras cada|con cada|por cada|para cada|en cada|con todo|con toda',
    somebody: 'alguien',
    indefinite: '(?:una?|alguien|algun|nuev[oa])',
    mail: `(?:recib(?:o|e|imos|a|ir|amos)|llegue|llega|llegan|entra)(?: (?:un|una|el|nuevo|nueva|cada|algun)){0,2} ${mailWord}|(?:un |una |cada |nuevo |el ){0,4}${mailWord}(?: nuevo)?(?: de [\\w@. ]{1,20})? (?:llega|llegue|entra|se recibe)|(?:alguien|un cliente|una clienta|un interesado|los clientes)(?: nos| me)? (?:escrib[ae]n?)|escrib[ae] (?:a|un correo a) E+|${mailWord} (?:a|en) E+|${mailWord} entrantes?|(?:los|mis|nuestros) ${mailWord} (?:entrantes|recibidos|que (?:llegan|entran|recibimos))`,
    webhook:
      'webhooks?|(?:tienda|sistema|crm|web|sitio|aplicacion|app|servidor|api|erp)(?: \\w{1,30}){0,4} (?:llam[ae]|envi[ae]|avis[ae]|notifi(?:ca|que)|dispar[ae])|llamada http|nuestr[oa] (?:tienda|sistema|crm|aplicacion|app|servidor|web)',
    manual:
      '(?:yo |nosotros )?(?:haga clic|hago clic|pulso|pulse|pulsamos|inicio|inicie|arranco|lance)|manualmente|a mano|bajo demanda|con un clic',
    noun: '(?:cada|nuev[oa]s?|un|una|algun|todo|toda|el|la) (?:nuev[oa] )?(?:pedido|cliente|clienta|lead|ticket|solicitud|candidatura|reserva|queja|reclamacion|pago|factura|mensaje|suscriptor|usuario|resena|opinion|comentario|contacto|interesado|inscripcion|miembro|compra|devolucion|pregunta|presupuesto|candidato|baja|cita|registro|incidencia|alumno|consulta)s?',
    happens:
      'llega|llegue|llegan|entra|entre|es (?:\\w{1,30}ad[oa]|\\w{1,30}id[oa]|nuev[oa])|ha sido \\w{1,30}|se (?:crea|paga|cancela|recibe|anade|produce|realiza|vence|hace|registra)|compra|compre|paga|pague|reserva|reserve|cancela|cancele|pide|pida|solicita|solicite|hace|haga|crea|deja|deje|descarga|abandona|llama|envia|envie|falla|cambia|quiere|devuelve|vence|venza|se queja|pregunta|escribe|postula|supera|esta vencida|este vencida|tenga|haya|publica|recibimos|recibe|recibo|presenta|da de baja',
  },
  verbs: {
    anywhere: {
      send: 'envia(?:r|lo|la|le|les|selo|rlo|rle|rles|dle|me)?|envie(?:n|me|le)?|enviad[oa]|enviandole|manda(?:r|lo|la|le|les|selo|me|rlo|rle)?|mande(?:n|le)?|reenvia(?:r|lo|la|rlo)?|reenvie|remite|remitir|envies|hazle llegar|pasa(?:selo|lo|r) a|mandes',
      reply: 'responde(?:r|le|les|rle)?|responda|contesta(?:r|le|les)?|conteste',
      notify:
        'confirma(?:r|le|les|rle)?|avisa(?:r|le|les|me|nos)?|avise|informa(?:r|le|les|me)?|informe a|notifica(?:r|le|les|me)?|notifique|alerta(?:r)? (?:a|al)|agradece(?:r|le|les|rle)?|agradezca|felicita(?:r|le)?|invita(?:r|le|lo|la|rlo)?(?: al| a)?|invite a|da(?:r|le|rle)? (?:la bienvenida|las gracias)|dale|comunica(?:r|le)?|pide(?:le|les)|pedirle|pregunta(?:le|les)|escala(?:r|lo)? a|hazle saber',
      remind:
        'recuerda(?:le|les|selo)|recordar(?:le|les|selo)?|recuerda al|hacer? (?:un )?seguimiento|haz (?:un )?seguimiento|haga seguimiento|recuerde',
      write:
        'escribe(?:r|le|les|lo|rle)?|escriba|redacta(?:r|lo|la)?|redacte|prepara(?:r|lo)?|prepare|genera(?:r|lo)?|genere|compon|componer|crea(?:r)?|cree|elabora(?:r)?|elabore|formula(?:r)?|reformula(?:r)?|propon(?:er)?|sugiere|personaliza(?:r)?|haz (?:un |una )(?:texto|borrador|correo|newsletter|informe|lista)|produce|producir',
      summarise:
        'resum(?:e|ir|a|elo|ela|irlo)(?= |$|,|lo|la)|resumir(?:lo|la|los)?|resumelo|resumela|sintetiza(?:r)?|un (?:breve |corto )?resumen (?:de|del)|haz un resumen|hacer un resumen',
      classify:
        'clasifica(?:r|lo|la|los|rlo|rla)?|clasifique|categoriza(?:r|lo|la)?|ordena(?:r|lo)? (?:en|por)|determina(?:r)?|detecta(?:r)?|identifica(?:r)?|analiza(?:r|lo|la)?|analice|comprueba(?:r)? si|verifica(?:r)? si|decide(?: si)?|etiqueta(?:r|lo|la)? (?:como|el|la)',
      extract:
        'extra(?:e|er|iga|elo|elos)|extraer|obten (?:el nombre|los datos)|saca(?:r)? (?:el|la|los|las)|recoge(?:r)? (?:el|la|los)',
      translate: 'traduc(?:e|ir|elo|ela|irlo)|traduzca|al (?:ingles|espanol|frances|aleman)(?= |$|,|\\.)',
      score:
        'puntua(?:r|lo|la|rlo)?|puntue|valora(?:r|lo|la|rlo)?|valore|evalua(?:r|lo|la)?|evalue|califica(?:r|lo|la)?|califique|asigna(?:r|le)? (?:una )?(?:puntuacion|nota)|dale una (?:puntuacion|nota)|pon(?:le)? (?:una )?(?:puntuacion|nota)',
      http: 'U+',
      wait: 'espera(?:r|mos)?|espere|D+',
      merge:
        'combina(?:r)? (?:los|ambos|todo)|une (?:los|ambos)|unir (?:los|ambos)|junta(?:r)? (?:los|ambos|todo)|fusiona(?:r)?',
      stop: 'deten(?:er|lo)?|detenga|para(?=$|,| el (?:flujo|workflow)| aqui| ahi)|termina(?:r)?(?: el| la| aqui|$)|finaliza(?:r)?|no (?:hagas|hacer|haga|se hace|haces) nada|nada mas|aborta(?:r)?|acaba(?:r)?(?: el| aqui|$)|ignora(?:r|lo|la)?',
      respond:
        '(?:responde|responder|contesta|contestar) (?:al|a la|a) (?:webhook|llamada|peticion|solicitud http|api|peticion http)|(?:responde|responder|contesta|contestar|devuelve|devolver) (?:con |un |el |una ){0,4}(?:estado|status|json|codigo|\\d{3}|resultado|Q+)',
      set: '(?:establece|establecer|pon|poner|fija|fijar|define|definir) (?:el |la )?(?:campo|estado|variable)|guarda(?:r)? (?:\\w{1,30} )?como (?:variable|campo)|calcula(?:r)?',
      other:
        'pide(?:me)?|pedir(?:me)?|preguntame|preguntar(?:me)?|pregunta (?:a|al|si)|archiva(?:r|lo)?|elimina(?:r)?|borra(?:r)?|sube(?:lo)?|subir(?:lo)?|descarga(?:r)?|publica(?:r|lo|la)?|publique|programa(?:r)?|reserva(?:r)|agenda(?:r)|imprim(?:e|ir|elo|irlo|a)|guarda(?:r|lo|la|los|rlo)?|guarde|anad(?:e|ir|elo|ela|elos|irlo)|agrega(?:r|lo|la)?|pon(?:lo|la|er|erlo)|mete(?:r|lo)?|inserta(?:r)?|postea(?:r)?|llama(?:r|lo|la|le|me)?(?= |$)|telefonea(?:r)?|reembolsa(?:r)?|cobra(?:r|le)?|adjunta(?:r|ndo)?|adjunte|busca(?:r)?|abre|abrir|cierra|cerrar|marca(?:r)?|actualiza(?:r)?|sincroniza(?:r)?|lee|leer|aprueb(?:a|e)|aprobar|exporta(?:r)?|importa(?:r)?|registra(?:r|lo)?|comparte|compartir|asigna(?:r)?|ejecuta(?:r)?|convierte|da de baja|dar de baja|apunta(?:r|lo)?|consulta(?:r)',
    },
    start: {
      http: 'llama(?:r)?|consulta(?:r)?|obten(?:er)?|recupera(?:r)?|get|post|put|patch|delete|carga(?:r)?|pide|haz (?:una )?(?:peticion|llamada|get|post)',
      remind: 'recuerda(?:r)?',
      notify: 'alerta(?:r)?|invita(?:r)?|informe',
      score: 'puntua|valora|califica',
    },
  },
  people: {
    contact: `${article}?(?:nuev[oa] )?(?:cliente|clienta|interesad[oa]|lead|persona|visitante|remitente|candidat[oa]|suscriptor|suscriptora|usuari[oa]|invitad[oa]|participante|contacto|comprador|compradora|solicitante|alumn[oa]|paciente|miembro|proveedor|inquilin[oa]|donante|huesped|asistente|emplead[oa])`,
    pronoun: '\\w{2,12}(?:[aei]les?|[aei]rles?)|le|les|ellos|ella|el(?= |$)(?!  )',
    me: 'me|mi|mi (?:correo|direccion|e-?mail)|a mi',
    team: '(?:al |a la |a los |el |la |los |nuestro |nuestra |mi |mis |a mi |a nuestro ){0,4}(?:equipo(?: (?:de |del )?(?:ventas|soporte|marketing|atencion al cliente|finanzas|contabilidad|comercial|tecnico|producto|eventos|recursos humanos|rrhh|logistica|redaccion))?|departamento (?:de )?\\w{1,30}|soporte(?: tecnico)?|ventas|contabilidad|direccion(?: general)?|jef[ea]|encargad[oa]|responsable(?: de \\w{1,30})?|companer[oa]s?|gerente|gerencia|asesor(?:ia)?|contable|redaccion|recursos humanos|rrhh|marketing|asistente personal|almacen|administracion|comerciales|comercial|finanzas|atencion al cliente|gestor|gestoria|directora?|tecnico)',
    list: '(?:a )?(?:todos (?:los |nuestros |mis )|todas (?:las |nuestras )|nuestros |los |a los |mis |la |nuestra ){0,4}(?:suscriptores|clientes|contactos|participantes|miembros|leads|invitados|usuarios|inscritos|asistentes|lista (?:de (?:correo|suscriptores|contactos|clientes|distribucion|difusion))|destinatarios)',
    to: 'a|al|para|a la|hacia',
    cc: 'cc|cc a|en copia(?: a)?|con copia a|copia a|con copia para|y copia a|poniendo en copia a|pon en copia a',
    bcc: 'bcc|cco|cco a|con copia oculta a|copia oculta a|en copia oculta(?: a)?',
    subject: '(?:con )?(?:el |un |de )?asunto(?: de)?:?|titulad[oa]',
    subjectEnd: ' y (?:el |con el )?(?:texto|cuerpo|contenido)| a E| con el texto|,|$',
    body: '(?:y |con )?(?:el |un )?(?:texto|cuerpo|mensaje|contenido):?|que diga|diciendo|que dice|con las palabras',
    from: 'de|desde',
    replyTo: 'respuestas a|responder a',
  },
  conditions: {
    if: 'si|en caso de que|en caso de|siempre y cuando',
    unless: 'a menos que|salvo que|excepto si|salvo si',
    when: 'cuando|si',
    else: 'si no(?=,|$| (?:envi|mand|avis|espera|haz|no |manda|respond|contest|notif|inform|deten|termin|escrib))|sino|de lo contrario|en caso contrario|en (?:los|todos los) demas casos|en otro caso|en otros casos|para (?:los|todos los|todo lo) demas|el resto|los demas|las demas|todo lo demas|si no es asi|de otro modo|caso contrario|en cualquier otro caso',
    elseIf: 'si no,? si|o si|y si|de lo contrario,? si|en cambio,? si|pero si',
    thenWord: 'entonces',
    and: ' y | e ',
    or: ' o (?!mas|menos|superior|inferior|igual|mayor|menor|mejor)| u ',
    comparisons: [
      [
        'greater_equal',
        '(?:de |es de )?(?<value>\\d[\\d.,]{0,12}) ?(?:euros?|puntos?|%)? ?(?:o|y) (?:mas|superior|mejor)',
      ],
      ['less_equal', '(?:de |es de )?(?<value>\\d[\\d.,]{0,12}) ?(?:euros?|puntos?|%)? ?(?:o|y) (?:menos|inferior)'],
      ['is_not_empty', '(?:no esta|no es) vaci[oa]|esta (?:rellen[oa]|indicad[oa]|presente|relleno)|existe'],
      ['is_empty', 'esta vaci[oa]|esta en blanco|falta|no esta (?:indicad[oa]|rellen[oa])|no existe|no se indica'],
      ['not_contains', 'no (?:contiene|contenga|menciona|incluye)(?: la palabra)?'],
      [
        'contains',
        '(?:contiene|contenga|menciona|mencione|incluye|incluya)n?(?: la palabra| las palabras)?|habla (?:de|sobre)|trata (?:de|sobre)',
      ],
      ['starts_with', '(?:empieza|comienza) (?:por|con)'],
      ['ends_with', '(?:termina|acaba) (?:en|por|con)'],
      [
        'greater_equal',
        '(?:es |son |sea |tiene |de )?(?:al menos|mayor o igual (?:a|que)|como minimo|por lo menos|igual o (?:mayor|superior) (?:a|que)|de al menos)|>=|≥',
      ],
      [
        'less_equal',
        '(?:es |son |sea )?(?:como maximo|menor o igual (?:a|que)|a lo sumo|igual o (?:menor|inferior) (?:a|que)|no supera|no mas de)|<=|≤',
      ],
      [
        'greater',
        '(?:es |son |sea |esta |tiene )?(?:mayor (?:que|de|a)|mas de|superior a|por encima de|mas (?:alt[oa]|grande) (?:que|de))|supera(?: los| las)?|supere(?: los| las)?|excede|>',
      ],
      [
        'less',
        '(?:es |son |sea |esta |tiene )?(?:menor (?:que|de|a)|menos de|inferior a|por debajo de|mas (?:baj[oa]|pequen[oa]) (?:que|de))|<',
      ],
      ['not_equals', 'no (?:es|esta|son|sea|procede|viene)|!=|es distint[oa] de'],
      [
        'equals',
        '(?:es|sea) igual a|(?:esta|sea) (?:clasificad[oa]|marcad[oa]) como|se clasifica como|(?:es|son|sea|esta|=|==|fue)(?= \\S)|se trata de|(?:viene|procede) de|parece|vive en',
      ],
    ],
    for: 'para|con|en caso de',
    yes: 'si|verdadero|marcad[oa]|aceptad[oa]|confirmad[oa]',
    articles: '(?:el|la|los|las|un|una|unos|unas|su|sus|nuestro|nuestra|mi|este|esta|ese|lo|del|al)',
    copula: '(?:es|son|era|esta|hay|tiene|se|que)',
  },
  nouns: {
    content:
      'resumen|newsletter|boletin|informe|reporte|articulo|entrada(?: de blog)?|texto|historia|mensaje|respuesta|borrador|oferta|propuesta|presupuesto|e-?mail|mail|correo|carta|invitacion|descripcion|titulares?|ideas|analisis|agenda|plan|eslogan|anuncio|nota de prensa|consejos?|traduccion|poema|chiste|publicacion|post|asuntos?|campana|explicacion|contenidos?|preguntas?|agradecimiento|calendario|balance|recopilatorio|nota|felicitacion',
    mail: 'e-?mails?|mails?|correos?(?: electronicos?)?|mensajes?|newsletters?|boletines|boletin|cartas?|confirmacion(?:es)?|notificacion(?:es)?|alertas?|avisos?|recordatorios?|invitacion(?:es)?|respuestas?|agradecimientos?|disculpas?|ofertas?|cupon(?:es)?|codigo de descuento|enlace|bienvenida',
    about: 'sobre|acerca de|respecto a|de|del|para|con|relativo a',
    topic: 'sobre|acerca de|respecto a|con (?:consejos|novedades|noticias|ideas|las novedades)',
    goes: '(?:deben |debe )?(?:va|van|ir|se envian?|se mandan?)',
    report: 'resumen|informe|reporte|balance|boletin|newsletter|analisis|recopilatorio',
    asks: 'pide(?:le|les)|pedirles?|pide al cliente',
    reminder:
      'recordatorios?|recuerda(?:le|les)?|recordar(?:le|les)?|seguimiento|segundo (?:correo|mensaje|e-?mail|aviso)',
    beforehand: 'primero|previamente|antes(?= de (?:enviar|mandar)|$)',
    refuses: 'no|rechaz\\w{0,10}|deniega|denegad\\w{0,3}',
    aiAdjective:
      '(?:escrit[oa]|generad[oa]|redactad[oa]|cread[oa])s? (?:por|con) (?:la )?ia|personalizad[oa]s?|individual(?:es)?',
    fields: [
      { name: 'email', source: '(?:direccion de )?(?:e-?mail|correo(?: electronico)?|mail)', type: 'email' },
      { name: 'phone', source: '(?:numero de )?(?:telefono|movil|celular)', type: 'text' },
      { name: 'company', source: '(?:nombre de la )?empresa|organizacion|compania|negocio', type: 'text' },
      { name: 'first_name', source: 'nombre de pila', type: 'text' },
      { name: 'last_name', source: 'apellidos?', type: 'text' },
      { name: 'name', source: 'nombre(?: completo)?', type: 'text' },
      { name: 'order_number', source: 'numero de pedido', type: 'text' },
      { name: 'invoice_number', source: 'numero de factura', type: 'text' },
      { name: 'employees', source: '(?:numero de )?empleados|plantilla|tamano de la empresa', type: 'number' },
      {
        name: 'guests',
        source: '(?:numero de )?(?:personas|invitados|asistentes|participantes|comensales)',
        type: 'number',
      },
      { name: 'budget', source: 'presupuesto', type: 'number' },
      {
        name: 'amount',
        source: '(?:importe|total|monto|precio|valor|cantidad total)(?: (?:del?|de la|total)(?: \\w{1,30})?)?',
        type: 'number',
      },
      { name: 'quantity', source: 'cantidad', type: 'number' },
      { name: 'age', source: 'edad', type: 'number' },
      { name: 'rating', source: 'valoracion|estrellas|satisfaccion', type: 'number' },
      { name: 'score', source: 'puntuacion|score|nota|puntos|puntaje', type: 'number' },
      { name: 'date', source: 'fecha(?: deseada)?|dia', type: 'text' },
      { name: 'due_date', source: 'vencimiento|fecha limite', type: 'text' },
      { name: 'subject', source: 'asunto', type: 'text' },
      { name: 'topic', source: 'tema', type: 'text' },
      { name: 'country', source: 'pais', type: 'text' },
      { name: 'city', source: 'ciudad', type: 'text' },
      { name: 'address', source: 'direccion(?: postal)?', type: 'text' },
      { name: 'website', source: 'sitio web|pagina web|web|url', type: 'text' },
      { name: 'category', source: 'categoria|tipo', type: 'text' },
      { name: 'sentiment', source: 'sentimiento|tono', type: 'text' },
      { name: 'urgency', source: 'urgencia|prioridad', type: 'text' },
      { name: 'language', source: 'idioma', type: 'text' },
      { name: 'status', source: 'estado', type: 'text' },
      {
        name: 'message',
        source:
          'mensaje|comentarios?|solicitud|pregunta|opinion|descripcion|texto|deseos|problema|consulta|observaciones',
        type: 'textarea',
      },
      { name: 'consent', source: 'consentimiento|newsletter', type: 'checkbox' },
    ],
    withFields:
      '(?:formulario|encuesta|cuestionario)[\\w ]{0,30}? (?:con|que pide|que pida|pidiendo|que tenga)(?: los campos)?:? |campos?:? |pide(?: los campos)? (?=(?:el |la |su )?(?:nombre|correo|e-?mail))',
    listEnd:
      '\\)|\\.|;| -|, (?:luego|envia|manda|escribe|clasifica|resume|puntua|extrae|avisa|si|responde|agradece|espera|traduce|despues|y (?:envia|luego|manda))| y (?:envia|manda|luego|avisa|responde|agradece|clasifica|resume|puntua|despues) | (?:es|son|esta|cuando|se) |\n',
    form: 'formulario|encuesta|cuestionario',
    choicesAfter: '(?:como|en|segun|si (?:es|se trata de)|entre|categorias?|:)',
    categories: {
      sentiment: ['positivo', 'neutral', 'negativo'],
      urgency: ['alta', 'normal', 'baja'],
      category: ['pregunta', 'solicitud', 'queja', 'otro'],
    },
    delays: [
      '(?:espera(?:r)?|espere)(?: otros| otras| durante| unos| unas)? <num> (?:\\w{1,30} )?<unit>',
      '(?:despues de|tras|al cabo de|en|pasad[oa]s|transcurrid[oa]s|a los|a las|dentro de)(?: otros| otras)? <num> <unit>',
      '<num> <unit> (?:mas tarde|despues(?: de(?:l| la)? \\w{1,30})?|de espera|luego)',
      '(?:durante|dentro de los?|en el plazo de) <num> <unit>',
      'con (?:un )?retraso de <num> <unit>',
      'al (?<nextday>dia) siguiente|a la (?<dayafter>semana) siguiente',
    ],
    until: '(?:espera(?:r)?|espere) hasta (?:el |la |las )?(?<when>[^,;.]{2,40}?)(?= y | luego |[,;.]|$)',
    anonymous:
      'lo|la|los|las|esto|eso|el resultado|el texto|el borrador|la respuesta|el resumen|la traduccion|todo|el informe|el boletin|el correo|\\w{1,30}(?:lo|la|selo)',
    intents: {
      reply: 'respuestas?|respond\\w{0,30}|contest\\w{0,30}',
      reminder: 'recordatorios?|recuerd\\w{0,30}|recordar\\w{0,30}|seguimiento|segundo (?:correo|mensaje|aviso)',
      thanks: 'graci\\w{0,30}|agrade\\w{0,30}',
      welcome: 'bienvenid\\w{0,30}',
      confirmation: 'confirm\\w{0,30}|acuse de recibo|recibo',
      invitation: 'invit(?:a|ar|acion|aciones|e|ale|arlo|alo)|evento|webinar|seminario',
      alert: 'alert\\w{0,30}|avis\\w{0,30}|notif\\w{0,30}|inform(?:a|ar|ale|e a)|escala\\w{0,30}',
      apology: 'disculp\\w{0,30}|perdon',
      offer: 'oferta|presupuesto|descuento|cupon|catalogo|tarifas|folleto|propuesta',
      feedback: 'opinion|resena|encuesta|valoracion|satisfaccion|valore',
    },
    failure: 'error(?:es)?|fallo|fallid[oa]',
    assign:
      '(?:establece(?:r)?|pon(?:er)?|fija(?:r)?|define|definir|guarda(?:r)?)(?: el| la)?(?: campo| variable)? (?<name>[\\w ]{2,30}?) (?:a|en|=|como) (?<value>[^,;]{1,80})',
    writings:
      'mensaje|texto|mail|e-?mail|correo|solicitud|pregunta|resena|opinion|comentario|ticket|respuesta|contenido|tono|cliente|clienta|lead|pedido|problema|consulta|eso|esto|queja|incidencia',
    comesFrom: '(?:es|viene|procede|vive) (?:de|en)',
  },
  limits: {
    via: '(?:en|a|al|por|via|con|desde|mediante|del?|hacia|sobre|en nuestro|en nuestra|de nuestro)',
    words: {
      phone:
        '(?:por |un |envia(?:le|r)? un |manda(?:le|r)? un ){0,4}(?:sms|mensaje de texto|fax|mensaje de voz|llamada(?: telefonica)?(?= (?:al|a la|telefonica)))|(?:llama|llamar|llame|telefonea|telefonear)(?:lo|la|le|me)?(?: (?:al|a la|a) \\w{1,30}|$|(?= por))|por telefono',
      chat: 'notificacion push',
      print: 'imprim(?:e|ir|elo|ela|irlo|a)(?: \\S{1,60}){0,3}|en papel|por (?:correo postal|carta)',
      attachment:
        '(?:con |en |un |una |el |como ){0,4}(?:archivo adjunto|adjuntos?|pdf|formato pdf)(?: (?!a |al )\\w{1,30})?|adjunta(?:r|ndo|le)?(?: \\S{1,60}){1,4}|adjunte(?: \\S{1,60}){1,3}',
      inbox:
        '(?:lee|leer|revisa|revisar|vigila|vigilar|consulta|comprueba)(?: \\S{1,60})? ?(?:mi|mis|nuestro|nuestra|la|el) (?:bandeja(?: de entrada)?|buzon|correos?|e-?mails?|gmail)',
      reply_wait:
        '(?:nadie|no|sin|ninguna|ha|hay|el cliente)(?: \\S{1,60}){0,3} (?:respond\\w{0,30}|respondido|respuesta|contest\\w{0,30}|responde|reaccion\\w{0,30})|sin respuesta|no hay respuesta|no responde\\w{0,30}|no contest\\w{0,30}',
      tracking:
        '(?:no )?(?:ha |han |haya )?(?:abiert[oa]|abre|abren|hecho clic|hace clic|pulsado|leid[oa])(?: (?:en|el|la|nuestro|sobre)){0,4}(?: \\w{1,30})?|tasa de apertura|se da de baja|se dan de baja',
      approval:
        '(?:pide(?:me)?|pedir(?:me)?|solicita(?:r|me)?|espera(?:r)?)(?: \\S{1,60}){0,3} (?:aprobacion|confirmacion|permiso|visto bueno|autorizacion|ok|aprobar)(?: \\S{1,60}){0,3}|(?:mi|la|una|nuestra|su) (?:aprobacion|autorizacion|visto bueno)|(?:cuando|si|una vez que|hasta que|despues de que)(?: \\S{1,60}){0,2} (?:apruebe|aprobado|aprobemos|apruebo|confirme|confirmo)(?: \\S{1,60})?|(?:preguntame|pideme permiso|consultame)(?: antes)?(?: de \\S{1,60})?|que (?:yo )?(?:lo )?apruebe|(?:lo |la )?(?:rechazo|rechace|apruebo)',
      loop: '(?:para |por |a )?(?:cada|todas las|todos los) (?:filas?|linea|registro|entrada|cliente|contacto|articulo|factura|producto|participante|suscriptor)s? (?:de la|del|de|en|de los) \\S{1,60}|un[oa] por un[oa]',
      lists:
        '(?:a )?(?:todos|todas) (?:los |las |nuestros |nuestras |mis )(?:suscriptor(?:es|as)|clientes|contactos|participantes|miembros|leads|invitados|usuarios|inscritos|asistentes|destinatarios|clientas)|(?:nuestra|la|mi|a la|a nuestra) lista(?: de (?:correo|suscriptores|contactos|clientes|distribucion|difusion|envio))?|(?:a )?(?:nuestros|los|mis) suscriptores|(?:anad\\w{0,30}|agrega\\w{0,30}|apunta\\w{0,30})(?: \\S{1,60}){0,3} (?:a|en) (?:la|una|nuestra|mi) lista(?: de \\S{1,60})?|dar? de baja',
      payment:
        '(?:cobra(?:r|le)?|reembolsa(?:r|le)?|devuelve|devolver|paga(?:r)?|transfiere|transferir)(?: (?:el|la|los|al|a la|le) ?\\w{1,30}(?: de la \\w{1,30})?)|tarjeta de credito|domiciliacion|haz el reembolso',
      media:
        '(?:una |un |unas |con (?:una |un )?|la |el )?(?:imagen|foto|video|podcast|ilustracion|logo|banner|audio|presentacion|diapositivas|infografia)(?:es|s)?',
      database: '(?:en |de |nuestra |la |una |a ){0,4}(?:base de datos|consulta sql|mysql|postgres(?:ql)?)',
      sheet:
        '(?:en |a |al |de |nuestra |una |un |la |el |del ){0,4}(?:hoja de calculo|excel|hoja de excel|archivo excel|tabla de excel|hoja de google|planilla)',
      crm: '(?:en |a |al |nuestro |el |del |desde ){1,4}crm',
      tasks:
        '(?:crea(?:r)?|abre|abrir|anade|anadir) (?:una |un |la |el )(?:nuev[oa] )?(?:tarea|ticket|tarjeta|incidencia)(?: \\S{1,60}){0,4}',
      calendar:
        '(?:en |a |mi |nuestro |un |al |el |del ){0,4}(?:calendario|agenda|evento de calendario)(?: de google| de outlook)?|(?:programa|programar|reserva|reservar|agenda|agendar|concierta|concertar) (?:una |un |la |el )?(?:reunion|cita|llamada|demo|sala|hueco|visita)(?: \\S{1,60}){0,3}',
      files:
        '(?:guarda(?:r|lo|la|rlo)?|sube(?:lo)?|subir(?:lo)?|archiva(?:r|lo)?|almacena(?:r|lo)?|exporta(?:r|lo)?|descarga(?:r)?)(?: \\S{1,60}){0,4} (?:en|a|al|como) (?:la |el |una |un |nuestra |nuestro |mi )?(?:\\S{1,60} )?(?:carpeta|disco|servidor|nube|drive|csv|archivo|fichero)|en csv|archivo csv',
      publish:
        '(?:publica(?:r|lo|la)?|postea(?:r|lo)?|sube(?:lo)?|cuelga(?:lo)?)(?: \\S{1,60}){0,4} (?:en|a) (?:nuestr[oa]|el|la|mi) (?:web|sitio|blog|pagina)(?: web)?|publica(?:r)?lo|publicarl[oa]',
      feed: '(?:el |nuestro |un |del |los )?(?:feed|canal|fuente)s? rss|rss|feed de noticias',
      browse:
        '(?:busca(?:r)?|investiga(?:r)?|navega(?:r)?)(?: \\S{1,60}){0,4} (?:en|por) (?:internet|la web|google|la red)|en (?:internet|la red)|(?:las )?(?:ultimas )?noticias(?: del dia| de hoy)?|el tiempo que hace|el pronostico|cotizaciones|(?:webs?|precios) de la competencia',
      before_event:
        '<num> (?:dias?|horas?|semanas?|minutos?|mes(?:es)?) antes(?: (?:de|del)(?: (?:la|el|cada|su))?)?(?: [\\w-]{1,30})?|la vispera(?: de(?:l| la)? \\w{1,30})?|el dia (?:antes|anterior)(?: de(?:l| la)? \\w{1,30})?|(?:en|por|el dia de)? ?(?:su )?cumpleanos',
      code: '(?:ejecuta(?:r)?|lanza(?:r)?)(?: \\S{1,60}){0,2} (?:script|programa|codigo)(?: \\S{1,60})?',
    },
  },
};
