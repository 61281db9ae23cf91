# Il messaggio come lo mostra il telefono.

message-label = Il messaggio come lo vede il cittadino
message-no-subject = Oggetto
message-due = Scade il
message-amount = Importo
message-notice = Codice avviso
# La copia per e-mail: IO la manda a chi l'ha chiesta nell'app.
email-label = La copia per e-mail
email-subject = Oggetto dell’e-mail:
email-nothing = Del contenuto non si legge niente.
email-help = È quel che legge chi ha chiesto a IO una copia per e-mail: le prime parole del contenuto, senza indirizzi web.
message-image = [Immagine: { $words }]
