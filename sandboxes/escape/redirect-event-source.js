/* {"family": "redirects", "redirect": "https://out.example/events"} */
new EventSource('/redirect-event-source/redirect');
