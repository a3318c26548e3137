/* {"family": "redirects", "redirect": "https://out.example/window"} */
open('/redirect-window/redirect');
