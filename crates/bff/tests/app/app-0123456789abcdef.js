export default 'a file to serve';
