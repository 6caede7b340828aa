namespace PhotoStudio.Backings.Redis;

/// <summary>How Redis is used.</summary>
public sealed class RedisOptions
{
    /// <summary>The section that configures it.</summary>
    public const string Section = "Studio:Redis";

    /// <summary>The setting that names the server.</summary>
    public const string ConnectionSetting = "ConnectionStrings:redis";

    /// <summary>What every key and channel begins with; studios that share a server differ in it.</summary>
    public string Prefix { get; set; } = "studio";

    /// <summary>How long an answer is waited for before Redis counts as away; 100 ms to 1 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A key of the studio. All of them are on one node of a cluster, since scripts touch several together.</summary>
    internal string Key(string name) => $"{{{Prefix}}}:{name}";
}
