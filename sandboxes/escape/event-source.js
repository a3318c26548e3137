/* {"family": "requests"} */
new EventSource('https://out.example/events');
