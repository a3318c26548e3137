/* {"family": "navigation"} */
const win = open(''); win.document.write('<img src=https://out.example/written>');
