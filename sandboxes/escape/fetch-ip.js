/* {"family": "requests"} */
fetch('https://192.0.2.7/', { mode: 'no-cors' });
