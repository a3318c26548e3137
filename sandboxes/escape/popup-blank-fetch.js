/* {"family": "navigation"} */
const win = open('about:blank'); win.fetch('https://out.example/popup', { mode: 'no-cors' });
