# Il messaggio come lo mostra il telefono.

message-label = Il messaggio come lo vede il cittadino
message-no-subject = Oggetto
message-due = Scade il
message-amount = Importo
message-notice = Codice avviso
message-image = [Immagine: { $words }]
