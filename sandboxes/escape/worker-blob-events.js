/* {"family": "workers"} */
new Worker(URL.createObjectURL(new Blob(["new EventSource('https://out.example/events');"])));
