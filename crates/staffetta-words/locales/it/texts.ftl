# Avvisi che non fermano nulla.

warning-rule-hides-text = Nel contenuto c’è “---”: la copia che IO manda per e-mail mostrerà solo ciò che sta dopo l’ultimo. Per una linea di separazione usa ***.
warning-table = Nel contenuto c’è una tabella: IO non la mostra, e il cittadino non ne leggerebbe niente. Scrivila come elenco, una riga per voce.
warning-strikethrough = Nel contenuto ci sono parole barrate (~~così~~): IO non le mostra affatto. Toglile, o scrivile senza barrarle.
warning-footnote = Nel contenuto c’è una nota a piè di pagina: IO non la mostra. Metti il suo testo nel discorso.
warning-html = Nel contenuto c’è del codice HTML: il cittadino lo leggerebbe così com’è scritto, con i suoi segni. Usa i pulsanti sopra il contenuto per il grassetto, gli elenchi e i link.
warning-plain-image = Nel contenuto c’è un’immagine senza un indirizzo https://: il telefono non la mostra. Usa un indirizzo che comincia con https://, o toglila.
warning-link = Nel contenuto c’è un link che IO non sa aprire. Un link comincia con https://, mailto: o tel:, per esempio https://www.comune.it.
warning-small-heading = Nel contenuto c’è un titolo con più di tre #: IO lo mostra come testo normale. Usa al massimo ###.
warning-personal-subject = Nell’oggetto c’è un nome o un codice fiscale: si legge anche sullo schermo bloccato del telefono e nell’oggetto dell’e-mail. Le linee guida di AgID chiedono di non mettere dati personali nell’oggetto: meglio nel contenuto.

warning-due-date-past = La scadenza { $date } è già passata: controlla che sia quella giusta.

row-repaired = Il codice fiscale è stato letto come { $code }.
repeat-same = La stessa persona con lo stesso contenuto è già alla riga { $line }: riceverà un solo messaggio.
repeat-different = La stessa persona è già alla riga { $line } con un contenuto diverso: riceverà entrambi i messaggi.
