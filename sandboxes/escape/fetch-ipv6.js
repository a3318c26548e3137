/* {"family": "requests"} */
fetch('https://[2001:db8::7]/', { mode: 'no-cors' });
