/* {"family": "webrtc", "watch": 1800} */
const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:[2001:db8::7]:3478' }] }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
