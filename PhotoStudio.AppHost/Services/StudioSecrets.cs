using Aspire.Hosting.Azure;

namespace PhotoStudio.AppHost.Services;

/// <summary>
/// What only the studio may know. On this machine each secret is made once and kept among the user's secrets; in the cloud it comes from the
/// deployment and is kept in a Key Vault, which the services read with their own identity.
/// </summary>
/// <param name="TokenKey">Signs access tokens.</param>
/// <param name="LinkKey">Signs links to files.</param>
/// <param name="AdminEmail">The login of the first admin.</param>
/// <param name="AdminPassword">The password of the first admin.</param>
internal sealed record StudioSecrets(
    StudioSecret TokenKey, StudioSecret LinkKey, IResourceBuilder<ParameterResource> AdminEmail, StudioSecret AdminPassword);

/// <summary>One secret.</summary>
/// <param name="Value">The secret.</param>
/// <param name="InVault">Where it is in the cloud; null on this machine.</param>
internal sealed record StudioSecret(IResourceBuilder<ParameterResource> Value, IResourceBuilder<AzureKeyVaultSecretResource>? InVault);

/// <summary>Adds the secrets, and hands them to the services that use them.</summary>
internal static class StudioSecretsExtensions
{
    private const int KeyLength = 48;
    private const int PasswordLength = 22;

    /// <summary>Adds them.</summary>
    public static StudioSecrets AddStudioSecrets(this IDistributedApplicationBuilder builder)
    {
        var vault = builder.ExecutionContext.IsPublishMode ? builder.AddAzureKeyVault("vault") : null;
        return new StudioSecrets(
            builder.AddSecret("token-key", KeyLength, vault),
            builder.AddSecret("link-key", KeyLength, vault),
            vault is null ? builder.AddParameter("admin-email", "admin@example.com") : builder.AddParameter("admin-email"),
            builder.AddSecret("admin-password", PasswordLength, vault));
    }

    /// <summary>Gives them to the service that signs people in.</summary>
    public static IResourceBuilder<ProjectResource> WithSecrets(this IResourceBuilder<ProjectResource> service, StudioSecrets secrets) => service
        .WithSecret("Studio__Auth__SigningKey", secrets.TokenKey)
        .WithSecret("Studio__Auth__Admin__Password", secrets.AdminPassword)
        .WithEnvironment("Studio__Auth__Admin__Email", secrets.AdminEmail)
        .WithEnvironment("Studio__Auth__Admin__UserName", "Studio Admin")
        .WithLinkKey(secrets);

    /// <summary>Gives a service the key that signs links; all that hand out links have to have the same.</summary>
    public static IResourceBuilder<ProjectResource> WithLinkKey(this IResourceBuilder<ProjectResource> service, StudioSecrets secrets) =>
        service.WithSecret("Studio__Files__SigningKey", secrets.LinkKey);

    private static StudioSecret AddSecret(
        this IDistributedApplicationBuilder builder, string name, int length, IResourceBuilder<AzureKeyVaultResource>? vault)
    {
        var value = builder.AddParameter(name, new GenerateParameterDefault { MinLength = length, Special = false }, secret: true, persist: true);
        return new StudioSecret(value, vault?.AddSecret($"{name}-in-vault", name, value));
    }

    private static IResourceBuilder<ProjectResource> WithSecret(
        this IResourceBuilder<ProjectResource> service, string setting, StudioSecret secret) =>
        secret.InVault is { } inVault ? service.WithEnvironment(setting, inVault.Resource) : service.WithEnvironment(setting, secret.Value);
}
