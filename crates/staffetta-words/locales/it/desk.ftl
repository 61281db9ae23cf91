# What the desk says of a flow or a single notification that cannot be made.

create-no-service = Il servizio non c'è, oppure non è abilitato per te. Controlla il nome del servizio.
create-no-nature = La natura indicata non è nell'elenco dell'ente. Scegline una tra quelle dell'elenco.
create-description = Descrizione e riferimento non possono essere vuoti né più lunghi di { $max } caratteri.
create-wrong-rows =
    { $wrong ->
        [one] Una riga del file è sbagliata
       *[other] { $wrong } righe del file sono sbagliate
    }; quelle giuste sono { $valid }. Non è stato creato niente.
create-wrong-rows-remedy = Correggi le righe e ricarica il file, oppure scegli di proseguire con le sole righe giuste.
create-no-valid-rows =
    { $wrong ->
        [0] Nel file non c'è nessuna riga da inviare.
        [one] L'unica riga del file è sbagliata: non c'è niente da inviare.
       *[other] Tutte le { $wrong } righe del file sono sbagliate: non c'è niente da inviare.
    }
create-reference-taken = Questo riferimento è già del flusso { $flow }, che ha un altro contenuto. Usa un altro riferimento.
create-file-changed = Il file è cambiato mentre veniva letto. Non è stato creato niente: quando il file è pronto, riprova.
create-flow-moved = Qualcun altro ha cambiato il flusso nel frattempo. Non è stato creato niente: riprova.
create-fault = Qualcosa non ha funzionato e non è stato creato niente. Riprova; se succede ancora, avvisa chi gestisce Staffetta.
single-placeholder = Nel testo c'è ancora un segnaposto, { "{{" }{ $name }{ "}}" }: il cittadino lo leggerebbe così com'è.
single-placeholder-remedy = Scrivi al suo posto il testo che il cittadino deve leggere.
single-service-missing = Non hai scelto il servizio.
single-service-missing-remedy = Scegli il servizio che scrive.
single-reference-long = Il riferimento è più lungo di { $max } caratteri.
single-reference-long-remedy = Accorcialo.
single-form-used = Con questo stesso modulo è già stata inviata un’altra notifica, la { $id }. Se vuoi inviare anche questa, controlla e premi di nuovo Aggiungi.
