/* {"family": "webrtc", "watch": 1800} */
const peer = new RTCPeerConnection({ iceServers: [{ urls: 'turn:out.example:3478?transport=tcp', username: 'canary', credential: 'x' }], iceTransportPolicy: 'relay' }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
