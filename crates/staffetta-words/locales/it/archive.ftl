# Archivio notifiche.

archive-title = Archivio notifiche
