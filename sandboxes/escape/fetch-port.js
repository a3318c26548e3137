/* {"family": "requests"} */
fetch('https://out.example:8443/', { mode: 'no-cors' });
