namespace PhotoStudio.Benchmarks.Cluster;

/// <summary>A process of a cluster.</summary>
/// <param name="Name">What it is called, such as <c>worker-2</c>.</param>
/// <param name="Id">Its process id.</param>
/// <param name="Address">Where it is reached.</param>
internal sealed record ClusterMember(string Name, int Id, string Address);
