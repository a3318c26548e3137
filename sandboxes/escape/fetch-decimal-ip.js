/* {"family": "requests"} */
fetch('https://3221225991/', { mode: 'no-cors' });
