# I pulsanti sotto il messaggio, come si scrivono e come si vedono.

buttons-title = Pulsanti sotto il messaggio (facoltativi)
buttons-help = Sul telefono il cittadino li trova sotto il testo: al massimo due. Lascia vuoto ciò che non serve. La versione in inglese la vede solo chi usa IO in inglese.
buttons-placeholders = Puoi usare i segnaposto nelle scritte e negli indirizzi.
buttons-one = Pulsante
buttons-text = Scritta
buttons-kind = Che cosa fa
buttons-target = Indirizzo, numero o testo
buttons-english = Scritta in inglese (facoltativa)
buttons-english-target = Indirizzo in inglese (se diverso)

action-web = Apre una pagina web
action-mail = Comincia un’e-mail
action-phone = Telefona
action-sms = Comincia un SMS
action-copy = Copia un testo
action-io = Apre una pagina di IO (avanzato)
action-sso = Apre un sito che riconosce chi entra da IO (avanzato)

message-buttons = Pulsanti del messaggio
message-button-english = In inglese
