/* {"family": "devices"} */
Notification.requestPermission().then(() => new Notification('x', { icon: 'https://out.example/icon', image: 'https://out.example/image' }));
