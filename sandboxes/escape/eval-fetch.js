/* {"family": "scripts"} */
eval("fetch('https://out.example/eval', { mode: 'no-cors' })");
