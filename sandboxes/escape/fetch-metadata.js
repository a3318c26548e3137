/* {"family": "requests"} */
fetch('https://169.254.169.254/latest/meta-data/', { mode: 'no-cors' });
