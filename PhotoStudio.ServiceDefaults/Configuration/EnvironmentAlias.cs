namespace PhotoStudio.ServiceDefaults.Configuration;

/// <summary>An environment name of an earlier system and the setting it stands for.</summary>
/// <param name="Name">The environment variable.</param>
/// <param name="Setting">The configuration key.</param>
/// <param name="Kind">How the value is read.</param>
/// <param name="Meaning">What it sets, with the unit.</param>
public sealed record EnvironmentAlias(string Name, string Setting, EnvironmentAliasKind Kind, string Meaning);

/// <summary>How the value of an alias is read.</summary>
public enum EnvironmentAliasKind
{
    /// <summary>As it stands.</summary>
    Text,

    /// <summary>Yes or no: <c>true</c>, <c>1</c>, <c>yes</c>, <c>on</c> in any case are true, everything else is false.</summary>
    Flag,

    /// <summary>Entries separated by commas or blanks, with or without brackets and quotes, that become <c>Setting:0</c>, <c>Setting:1</c>…</summary>
    List,
}
