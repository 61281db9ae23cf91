# La pagina su cui si compone un flusso: bozza, file dei destinatari, quadratura, Attiva.

# --- La bozza ---

draft-gone = Questo flusso non si può più modificare: non è più Inattivo, oppure non è tra quelli dei tuoi servizi. Torna a Gestione flussi e aprilo di nuovo.
draft-moved = Il testo è stato cambiato nel frattempo, forse in un'altra finestra o da un collega. Quello che vedi qui non è stato salvato: copialo, ricarica la pagina e riprendi da lì.
draft-description = La descrizione non può essere vuota né più lunga di { $max } caratteri.
draft-reference = Il riferimento non può essere più lungo di { $max } caratteri.
draft-reference-taken = Questo riferimento è già del flusso { $flow }. Scrivine un altro.
draft-reference-taken-unseen = Questo riferimento è già di un altro flusso dell'ente. Scrivine un altro.
# After one or more of the four above, when a draft saves itself.
draft-rest-saved = Tutto il resto è salvato.
draft-disk = Sul server non c'è spazio per il file, o non si riesce a scriverlo. Non è cambiato niente: avvisa chi gestisce Staffetta e riprova più tardi.
draft-list-too-long = L'elenco ha più righe di quante ne può avere un flusso. Dividilo in più file e fanne un flusso per ciascuno.
draft-fault = Qualcosa non ha funzionato e non è cambiato niente. Riprova; se succede ancora, avvisa chi gestisce Staffetta.

# --- Il file dei destinatari ---

list-ready =
    { $valid ->
        [one] L'elenco è pronto: un destinatario.
       *[other] L'elenco è pronto: { $valid } destinatari.
    }
list-wrong-rows =
    { $wrong ->
        [one] Una riga del file è sbagliata
       *[other] { $wrong } righe del file sono sbagliate
    }; quelle giuste sono { $valid }. Per ora l'elenco non è stato preso.
list-wrong-rows-remedy = Correggi le righe sbagliate e carica di nuovo il file (l'elenco controllato, che si scarica, ha anche la colonna con il problema), oppure scegli di proseguire con le sole righe giuste.
list-no-valid-rows-remedy = Guarda che cosa non va nelle prime righe: spesso è una sola colonna. Poi correggi il file e caricalo di nuovo.
list-message-missing = Il file è al sicuro. Le righe saranno controllate appena oggetto e contenuto saranno scritti: puoi usare come segnaposto i nomi delle sue colonne.
list-moved = Testo o file sono cambiati mentre l'elenco veniva letto. Leggilo di nuovo.
list-no-file = Non c'è un file da leggere. Carica il file dei destinatari.

# --- Prima di Attiva ---

ready-no-flow = Questo flusso non c'è, oppure non è tra quelli dei tuoi servizi.
# $state is the word of a flow's state.
ready-state =
    Il flusso non è più Inattivo: ora è { $state ->
        [active] Attivo
        [sending] In invio
        [sent] Inviato
        [incomplete] Invio incompleto
       *[inactive] Inattivo
    }. Ricarica la pagina.
ready-no-file = Mancano i destinatari. Carica il file con l'elenco.
ready-not-taken = Il file è stato caricato, ma l'elenco non è ancora pronto. Guarda che cosa manca accanto al file: il testo da completare, o righe sbagliate da correggere o da lasciare fuori.
ready-not-checked = Il testo è cambiato dopo il controllo dell'elenco. Non serve ricaricare il file: guarda accanto al file, e premi “Controlla l'elenco” oppure, se ci sono righe sbagliate, “Prosegui con le righe giuste”.
ready-file-gone = Il testo è cambiato dopo che il flusso era stato attivato, e il file dei destinatari non è più conservato. Carica di nuovo il file, così ogni riga viene controllata con il testo nuovo.
ready-other-list = L'elenco è cambiato dopo che hai visto la quadratura. Guarda i nuovi numeri e attiva di nuovo.
ready-different-rows =
    { $rows ->
        [one] Una persona riceverebbe più di un messaggio, con contenuti diversi (per esempio due rate).
       *[other] { $rows } righe sono di persone che riceverebbero più di un messaggio, con contenuti diversi (per esempio due rate).
    } Se è giusto così, confermalo e attiva; altrimenti correggi il file.
ready-service-disabled = Il servizio “{ $name }” è disabilitato: finché lo è, i suoi flussi non si possono attivare. Chiedi a chi amministra Staffetta.
ready-not-now = Non puoi attivare questo flusso: forse non sei abilitato a inviare per questo servizio, o qualcosa è cambiato in questo momento. Ricarica la pagina; se non basta, chiedi a chi amministra Staffetta.
balance-earlier = Attenzione: lo stesso elenco con lo stesso messaggio è già nel flusso { $flow } del { $date }. Attiva solo se vuoi davvero scrivere una seconda volta alle stesse persone.
