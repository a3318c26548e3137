/* {"family": "redirects", "redirect": "https://out.example/fetch"} */
fetch('/redirect-fetch/redirect', { mode: 'no-cors' });
