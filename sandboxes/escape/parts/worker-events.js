new EventSource('https://out.example/events');
