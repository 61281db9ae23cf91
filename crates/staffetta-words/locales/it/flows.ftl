# Gestione flussi.

flows-title = Gestione flussi
flows-new = Nuovo flusso
flows-search = Cerca tra i flussi
flows-list = Elenca
flows-clear = Togli i filtri
flows-number = Numero
flows-date = Data
flows-description = Descrizione
flows-nature = Natura
flows-service = Servizio
flows-state = Stato
flows-from = Dal
flows-to = Al
flows-operator = Operatore
flows-fiscal-code = Contiene il codice fiscale
flows-recipients = Destinatari
flows-accepted = Accettati
flows-available = Disponibili
flows-unreachable = Non raggiungibili
flows-examine = Da esaminare
flows-faults = Correggi i campi segnati e premi di nuovo Elenca.
flows-none = Nessun flusso con questi filtri. Cambiane qualcuno e premi Elenca.
flows-none-yet = Non c'è ancora nessun flusso.
flows-caption = Flussi, dal più recente. Un doppio clic o Invio su una riga apre il flusso.
flows-bad-number = Il numero del flusso ha solo cifre.
flows-bad-date = La data si scrive gg/mm/aaaa.
