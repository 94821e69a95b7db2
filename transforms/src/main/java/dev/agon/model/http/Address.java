package dev.agon.model.http;

import java.net.URI;

/** Addresses of endpoints. */
final class Address {

    private Address() {}

    /** The operation's address; a slash at the end of the base does not matter. */
    static String under(String baseUrl, String path) {
        return baseUrl.replaceAll("/+$", "") + path;
    }

    /** The address as messages may show it: without a user's name, password or parameters, which may be secret. */
    static String shown(String baseUrl) {
        URI uri = URI.create(baseUrl);
        // Not getHost(): it is null for names with an underscore, such as those of containers.
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        return uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1) + uri.getRawPath();
    }
}
