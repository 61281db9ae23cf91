// What the pages do beyond links and forms. Without it everything still works, only less quickly.
import NavBarCollapsible from 'bootstrap-italia/dist/plugins/navbar-collapsible.js'
import htmx from 'htmx.org/dist/htmx.esm.js'
import 'htmx.org/dist/ext/hx-sse.js'
import './rows.js'
import './lens.js'
import './once.js'
import './counters.js'
import './draft.js'
import './placeholders.js'
import './toolbar.js'
import './print.js'
import './upload.js'
import './fixes.js'

// The policy of the pages allows no style element and no evaluated text.
htmx.config.includeIndicatorCSS = false

// The menu of small screens.
for (const menu of document.querySelectorAll('.navbar-collapsable')) NavBarCollapsible.getOrCreateInstance(menu)
