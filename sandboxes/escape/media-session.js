/* {"family": "images"} */
navigator.mediaSession.metadata = new MediaMetadata({ artwork: [{ src: 'https://out.example/artwork' }] });
