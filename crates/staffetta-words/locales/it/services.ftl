# Gestione servizi, e ciò che dei servizi dice anche la riga di comando.

services-title = Gestione servizi
services-new = Nuovo servizio
services-lead = I servizi dell'ente su IO con cui Staffetta può scrivere. Ognuno ha la propria chiave, che si copia dall'area riservata di IO.
services-caption = Servizi. Un doppio clic o Invio su una riga apre il servizio.
services-none = Non c'è ancora nessun servizio: aggiungine uno con Nuovo servizio.
services-name = Nome
services-io-id = Identificativo su IO
services-address = Indirizzo
services-max-amount = Importo massimo
services-state = Stato
services-enabled = Attivo
services-disabled = Disabilitato
services-paused = In pausa

service-new-title = Nuovo servizio
service-data = Dati del servizio
service-required = I campi con * sono obbligatori.
service-io-id-help = Facoltativo. È il codice che IO dà al servizio: qui serve solo a riconoscerlo.
service-key = Chiave
service-key-new-help = La chiave primaria o secondaria del servizio, dall'area riservata di IO. Viene custodita cifrata e non sarà più mostrata.
service-key-kept-help = Una chiave è registrata e non viene mostrata. Lascia vuoto per tenerla, o scrivine un'altra.
service-address-help = Di solito https://api.io.pagopa.it/api/v1. Se lo cambi, va scritta di nuovo anche la chiave.
service-max-amount-help = In euro. IO consente 10.000 € a un servizio nuovo; se nell'area riservata il limite è diverso, scrivilo qui.
service-enabled = Attivo: gli operatori abilitati possono scrivere con questo servizio
service-enabled-help = Se lo disabiliti, non parte più nessuna chiamata: ciò che è da inviare aspetta.
service-add = Aggiungi
service-save = Salva
service-back = Torna ai servizi

service-faults =
    { $count ->
        [one] C'è un campo da correggere: niente è stato salvato.
       *[other] Ci sono { $count } campi da correggere: niente è stato salvato.
    }
service-name-needed = Scrivi il nome del servizio.
name-length = Un nome ha da 1 a { $max } caratteri.
service-name-taken = C'è già un servizio con il nome “{ $name }”.
service-io-id-wrong = L'identificativo su IO ha solo lettere, cifre e trattini, al massimo 64: copialo dall'area riservata di IO.
service-key-missing = Scrivi la chiave: senza, IO non accetta nessun messaggio.
service-key-needed = Con un indirizzo nuovo va indicata di nuovo anche la chiave, così che non finisca dove non deve.
service-key-again = Niente è stato salvato: scrivi di nuovo anche la chiave.
service-key-not-text = La chiave è vuota, o contiene caratteri che in una chiave non ci sono.
service-amount-wrong = Scrivi un importo in euro maggiore di zero, per esempio 10.000,00.

service-done-added = Il servizio è stato aggiunto. Ora prova la chiave.
service-done-saved = Le modifiche sono salvate.
service-done-nothing = Non c'era niente da salvare.
service-done-resumed = Il servizio è di nuovo attivo: l'invio riprende da dove era arrivato.
service-done-not-paused = Il servizio non era in pausa.

service-pause-title = Il servizio si è messo in pausa
service-pause-since = Dal { $at }.
service-pause-told = IO ha detto: { $detail }
service-pause-what = Ciò che è da inviare aspetta: niente è perso. Tolta la causa, prova la chiave e poi riattiva il servizio.
service-resume = Riattiva

service-try-title = Prova chiave
service-try-help = Chiede a IO soltanto il profilo di un codice fiscale fittizio, con la chiave registrata. Non invia nessun messaggio.
service-try = Prova chiave
service-try-right = La chiave è giusta: IO riconosce il servizio.
service-try-limited = IO riconosce la chiave, ma per ora il servizio può scrivere solo ai destinatari di prova. Completa l'attivazione nell'area riservata di IO.
service-try-wrong-key = IO non riconosce la chiave. Copia quella attuale dall'area riservata di IO e salvala qui.
service-try-not-permitted = IO non consente a questo servizio di chiamare. Nell'area riservata di IO controlla che il servizio sia attivo, che abbia i permessi e che l'indirizzo di rete dell'ente sia autorizzato.
service-try-wrong-address = All'indirizzo del servizio non risponde IO. Controlla l'indirizzo.
service-try-unreachable = IO non si riesce a raggiungere. Riprova tra poco; se dura, fai controllare l'indirizzo e la connessione a Internet.
service-try-busy = IO ha risposto, ma ora non può dire se la chiave è giusta. Riprova tra poco.

service-history = Ultime modifiche
service-history-none = Nessuna modifica.
service-history-when = Quando
service-history-who = Chi
service-history-what = Che cosa
service-event-added = Aggiunto
service-event-changed = Modificato: { $what }
service-event-enabled = Reso attivo
service-event-disabled = Disabilitato
service-event-paused = Si è messo in pausa: { $why }
service-event-resumed = Riattivato
service-event-tried = Chiave provata: { $what }
service-event-other = { $kind }
service-part-name = nome
service-part-io_service_id = identificativo su IO
service-part-base_url = indirizzo
service-part-key = chiave
service-part-max_amount = importo massimo
service-machine = Staffetta

url-not-one = Questo non è l'indirizzo di un'API, come https://api.io.pagopa.it/api/v1.
url-not-https = L'indirizzo deve cominciare con https://: altrimenti la chiave e i dati dei cittadini viaggerebbero in chiaro.
url-credentials = L'indirizzo non deve contenere un nome utente o una password.
url-loopback = L'indirizzo porta alla macchina stessa di Staffetta, e la configurazione non lo consente.
url-loopback-remedy = Per usare il simulatore, chi gestisce Staffetta imposta STAFFETTA_ALLOW_LOOPBACK_URLS=true.
url-not-loopback = L'indirizzo porta fuori da questa macchina: una prova scrive solo al suo simulatore.
url-private = L'indirizzo porta a una rete privata, e la configurazione non lo consente.
url-private-remedy = Se è voluto, chi gestisce Staffetta imposta STAFFETTA_ALLOW_PRIVATE_URLS=true.
